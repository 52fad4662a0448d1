package app.veza.server.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CloudFrontCookiesTest {

    private static final UUID STREAM = UUID.fromString("0197a000-0000-7000-8000-000000000001");

    @TempDir
    Path folder;

    @Test
    void thePolicyIsSignedWithTheKeyOfTheFile() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair keys = generator.generateKeyPair();
        Path file = folder.resolve("key.pem");
        Files.writeString(
                file,
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(keys.getPrivate().getEncoded())
                        + "\n-----END PRIVATE KEY-----\n");
        var cookies = new CloudFrontCookies(
                URI.create("https://audio.veza.example"),
                "K2JCJMDEHXQW5F",
                CloudFrontCookies.read(file),
                "veza.example");

        List<String> set = cookies.forStream(STREAM, Instant.ofEpochSecond(1_900_000_000));

        byte[] policy = decoded(set.get(0), "CloudFront-Policy");
        assertThat(new String(policy, StandardCharsets.UTF_8))
                .isEqualTo("{\"Statement\":[{\"Resource\":\"https://audio.veza.example/live/" + STREAM
                        + "/*\",\"Condition\":{\"DateLessThan\":{\"AWS:EpochTime\":1900000000}}}]}");
        Signature signature = Signature.getInstance("SHA1withRSA");
        signature.initVerify(keys.getPublic());
        signature.update(policy);
        assertThat(signature.verify(decoded(set.get(1), "CloudFront-Signature")))
                .isTrue();
        assertThat(set.get(2)).startsWith("CloudFront-Key-Pair-Id=K2JCJMDEHXQW5F; ");
        assertThat(set)
                .allMatch(cookie -> cookie.endsWith(
                        "; Domain=veza.example; Path=/live/" + STREAM + "/; Secure; HttpOnly; SameSite=None"));
    }

    @Test
    void whatIsNoKeyIsRefusedByName() throws Exception {
        Path file = Files.writeString(folder.resolve("key.pem"), "no key");
        assertThatThrownBy(() -> CloudFrontCookies.read(file)).hasMessageContaining("veza.live.cdn.private-key-file");
    }

    private static byte[] decoded(String cookie, String name) {
        String value = cookie.substring((name + "=").length(), cookie.indexOf(';'));
        return Base64.getDecoder()
                .decode(value.replace('-', '+').replace('_', '=').replace('~', '/'));
    }
}
