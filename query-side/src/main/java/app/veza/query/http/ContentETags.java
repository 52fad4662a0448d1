package app.veza.query.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.ShallowEtagHeaderFilter;
import org.springframework.web.util.UriUtils;

/**
 * Gives every read and every document a strong entity tag, the hash of its body, and answers 304 when the client has that body
 * already. From content, not from the position: the position moves with every event of the platform, most answers do not.
 */
public final class ContentETags extends ShallowEtagHeaderFilter {

    /** What programs and pages ask for again and again, and what changes with a version or a key. */
    public static final Set<String> DOCUMENTS =
            Set.of("/.well-known/jwks.json", "/openapi.json", "/asyncapi.json", "/asyncapi/events.json");

    /** Below {@code /api/admin} are streams without an end, which cannot be hashed. */
    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        // As it is routed: a letter that is encoded makes no other path of it
        String path = UriUtils.decode(request.getRequestURI(), StandardCharsets.UTF_8);
        boolean isRead = path.startsWith("/api/") && !path.startsWith("/api/admin/");
        return !request.getMethod().equals("GET") || !isRead && !DOCUMENTS.contains(path);
    }

    /** Where nobody has said it: a tag is for who keeps the answer, which the security chain would forbid. */
    @Override
    protected boolean isEligibleForEtag(
            HttpServletRequest request, HttpServletResponse response, int status, InputStream body) {
        boolean isTagged = super.isEligibleForEtag(request, response, status, body);
        if (isTagged && response.getHeader(HttpHeaders.CACHE_CONTROL) == null) {
            response.setHeader(
                    HttpHeaders.CACHE_CONTROL,
                    CacheControl.noCache().cachePrivate().getHeaderValue());
        }
        return isTagged;
    }
}
