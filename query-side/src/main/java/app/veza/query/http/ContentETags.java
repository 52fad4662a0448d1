package app.veza.query.http;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import org.springframework.web.filter.ShallowEtagHeaderFilter;
import org.springframework.web.util.UriUtils;

/**
 * Gives every read a strong entity tag, the hash of its body, and answers 304 when the client has that body already. From
 * content, not from the position: the position moves with every event of the platform, most answers do not.
 */
public final class ContentETags extends ShallowEtagHeaderFilter {

    /** Below {@code /api/admin} are streams without an end, which cannot be hashed. */
    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        // As it is routed: a letter that is encoded makes no other path of it
        String path = UriUtils.decode(request.getRequestURI(), StandardCharsets.UTF_8);
        return !request.getMethod().equals("GET") || !path.startsWith("/api/") || path.startsWith("/api/admin/");
    }
}
