package app.veza.server.live;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/**
 * Signed cookies of CloudFront with a custom policy: good for everything below one stream, until they expire. RSA over SHA-1 is what
 * CloudFront verifies.
 */
final class CloudFrontCookies {

    private final URI url;
    private final String keyPairId;
    private final PrivateKey key;
    private final String domain;

    /**
     * @param url of the distribution, under a name that shares its domain with the API's
     * @param keyPairId of the public key that the distribution trusts
     * @param domain that both names are in, such as {@code veza.example}
     */
    CloudFrontCookies(URI url, String keyPairId, PrivateKey key, String domain) {
        this.url = url;
        this.keyPairId = keyPairId;
        this.key = key;
        this.domain = domain;
    }

    /** @param file the private key, as PKCS#8 in PEM: {@code openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048} */
    static PrivateKey read(Path file) {
        try {
            String pem =
                    Files.readString(file).replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
            return KeyFactory.getInstance("RSA")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));
        } catch (IOException e) {
            throw new UncheckedIOException("veza.live.cdn.private-key-file cannot be read: " + file, e);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "veza.live.cdn.private-key-file is no RSA key in PKCS#8 and PEM (BEGIN PRIVATE KEY): " + file, e);
        }
    }

    /** Values of {@code Set-Cookie}. */
    List<String> forStream(UUID streamId, Instant until) {
        String policy =
                "{\"Statement\":[{\"Resource\":\"%s/live/%s/*\",\"Condition\":{\"DateLessThan\":{\"AWS:EpochTime\":%d}}}]}"
                        .formatted(url, streamId, until.getEpochSecond());
        byte[] bytes = policy.getBytes(StandardCharsets.UTF_8);
        return List.of(
                cookie("CloudFront-Policy", text(bytes), streamId),
                cookie("CloudFront-Signature", text(sign(bytes)), streamId),
                cookie("CloudFront-Key-Pair-Id", keyPairId, streamId));
    }

    private String cookie(String name, String value, UUID streamId) {
        return "%s=%s; Domain=%s; Path=/live/%s/; Secure; HttpOnly; SameSite=None"
                .formatted(name, value, domain, streamId);
    }

    private byte[] sign(byte[] policy) {
        try {
            Signature signature = Signature.getInstance("SHA1withRSA");
            signature.initSign(key);
            signature.update(policy);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The CDN's policy cannot be signed", e);
        }
    }

    /** Base64 as CloudFront has it in cookies and addresses. */
    private static String text(byte[] bytes) {
        return Base64.getEncoder()
                .encodeToString(bytes)
                .replace('+', '-')
                .replace('=', '_')
                .replace('/', '~');
    }
}
