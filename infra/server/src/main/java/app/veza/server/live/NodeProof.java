package app.veza.server.live;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * By it a node knows what another one asks it for, on behalf of all its players: that goes to no third one, and is charged to no
 * address. HMAC-SHA256 of path and query under the platform's key, base64url, 43 characters.
 */
final class NodeProof {

    static final String HEADER = "Veza-Live-Hop";

    private static final String MAC = "HmacSHA256";
    private static final String PURPOSE = "live-hop\0";

    private final SecretKeySpec key;

    NodeProof(byte[] platformKey) {
        this.key = new SecretKeySpec(platformKey, MAC);
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
        String text = PURPOSE + path + (query == null ? "" : "?" + query);
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(key);
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(MAC + " is part of every Java platform", missing);
        }
    }
}
