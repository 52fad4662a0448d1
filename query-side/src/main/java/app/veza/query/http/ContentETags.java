package app.veza.query.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.filter.ShallowEtagHeaderFilter;
import org.springframework.web.util.UriUtils;

/**
 * Gives every read and every document a strong entity tag, the hash of its body, and answers 304 when the client has that body
 * already, also where nobody else may store it. From content, not from the position: the position moves with every event of the
 * platform, most answers do not.
 */
public final class ContentETags extends ShallowEtagHeaderFilter {

    /** What programs and pages ask for again and again, and what changes with a version or a key. */
    private static final Set<String> DOCUMENTS =
            Set.of("/.well-known/jwks.json", "/openapi.json", "/asyncapi.json", "/asyncapi/events.json");

    private static final Set<String> READS_OF_ONES_OWN = Set.of("/auth/sessions", "/auth/totp");

    /** What ends so has no end itself, and cannot be hashed. */
    private static final String STREAM = "/stream";

    /** Whether what is read there has a tag; also of the template of a path. */
    public static boolean isTagged(String path) {
        boolean isRead = path.startsWith("/api/") && !path.endsWith(STREAM);
        return isRead || READS_OF_ONES_OWN.contains(path) || DOCUMENTS.contains(path);
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        // As it is routed: a letter that is encoded makes no other path of it
        return !HttpMethod.GET.matches(request.getMethod())
                || !isTagged(UriUtils.decode(request.getRequestURI(), StandardCharsets.UTF_8));
    }

    /** Where nobody has said it: a tag is for who keeps the answer, which the security chain would forbid. */
    @Override
    protected boolean isEligibleForEtag(
            HttpServletRequest request, HttpServletResponse response, int status, InputStream body) {
        boolean isTagged =
                !response.isCommitted() && HttpStatusCode.valueOf(status).is2xxSuccessful();
        if (isTagged && response.getHeader(HttpHeaders.CACHE_CONTROL) == null) {
            response.setHeader(
                    HttpHeaders.CACHE_CONTROL,
                    CacheControl.noCache().cachePrivate().getHeaderValue());
        }
        return isTagged;
    }
}
