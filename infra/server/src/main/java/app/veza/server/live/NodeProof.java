package app.veza.server.live;

import app.veza.server.node.Hmac;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * By it a node knows what another one asks it for, on behalf of all its players: that goes to no third one, and is charged to no
 * address. HMAC-SHA256 of path and query under the platform's key, base64url, 43 characters.
 */
final class NodeProof {

    static final String HEADER = "Veza-Live-Hop";

    private final Hmac hmac;

    NodeProof(byte[] platformKey) {
        this.hmac = new Hmac(platformKey);
    }

    /** Of a request for this. */
    String of(URI target) {
        return of(target.getRawPath(), target.getRawQuery());
    }

    boolean isIn(HttpServletRequest request) {
        String shown = request.getHeader(HEADER);
        return shown != null
                && MessageDigest.isEqual(
                        of(request.getRequestURI(), request.getQueryString()).getBytes(StandardCharsets.US_ASCII),
                        shown.getBytes(StandardCharsets.US_ASCII));
    }

    private String of(String path, @Nullable String query) {
        byte[] proof = hmac.of("live-hop", query == null ? path : path + "?" + query);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(proof);
    }
}
