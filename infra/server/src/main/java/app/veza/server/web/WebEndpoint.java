package app.veza.server.web;

import app.veza.server.node.NodeConfig;
import io.swagger.v3.oas.annotations.Hidden;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.util.HtmlUtils;

/** {@code GET /}: the page, and below {@code /client/} what it loads. No part of the API, so not in its description. */
@Hidden
@RestController
final class WebEndpoint {

    private static final Duration FOR_EVER = Duration.ofDays(365);

    private final WebFiles files;
    private final WebFile page;

    WebEndpoint(WebFiles files, NodeConfig node) {
        this.files = files;
        this.page = files.page(Map.of(
                "publicUrl",
                HtmlUtils.htmlEscape(node.publicUrl().toString()),
                "gatewayUrl",
                HtmlUtils.htmlEscape(node.gatewayUrl().toString())));
    }

    /** The other two are where links in mails lead to. */
    @GetMapping({"/", "/verify-email", "/reset-password"})
    ResponseEntity<byte[]> page(
            WebRequest request,
            @RequestHeader(name = HttpHeaders.ACCEPT_ENCODING, required = false) @Nullable String encodings) {
        return answer(page, CacheControl.noCache(), request, encodings);
    }

    /**
     * A page of another version may ask while nodes are being replaced: it gets what this node has, which mostly does, but keeps it
     * no longer than it needs it.
     */
    @GetMapping("/client/{version}/{*path}")
    ResponseEntity<byte[]> file(
            WebRequest request,
            @PathVariable String version,
            @PathVariable String path,
            @RequestHeader(name = HttpHeaders.ACCEPT_ENCODING, required = false) @Nullable String encodings) {
        WebFile file = files.file(path.substring(1))
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no such file."));
        CacheControl caching = version.equals(files.version())
                ? CacheControl.maxAge(FOR_EVER).cachePublic().immutable()
                : CacheControl.noCache();
        return answer(file, caching, request, encodings);
    }

    private static ResponseEntity<byte[]> answer(
            WebFile file, CacheControl caching, WebRequest request, @Nullable String encodings) {
        boolean packed = file.gzip() != null && encodings != null && encodings.contains("gzip");
        String etag = "\"" + file.hash() + (packed ? "-gzip" : "") + "\"";
        if (request.checkNotModified(etag)) {
            return ResponseEntity.status(HttpStatus.NOT_MODIFIED)
                    .eTag(etag)
                    .cacheControl(caching)
                    .varyBy(HttpHeaders.ACCEPT_ENCODING)
                    .build();
        }
        ResponseEntity.BodyBuilder answer = ResponseEntity.ok()
                .contentType(file.type())
                .eTag(etag)
                .cacheControl(caching)
                .varyBy(HttpHeaders.ACCEPT_ENCODING);
        if (packed) {
            answer.header(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
        return answer.body(packed ? file.gzip() : file.bytes());
    }
}
