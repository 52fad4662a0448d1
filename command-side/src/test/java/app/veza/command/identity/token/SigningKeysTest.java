package app.veza.command.identity.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.veza.command.CommandSideConfig;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With keys that change every 90 days, are published ten minutes before they sign, and sign tokens that live ten minutes. */
class SigningKeysTest {

    @TempDir
    Path directory;

    private Instant now = Instant.parse("2030-01-01T00:00:00Z");

    private SigningKeys node() {
        var config = CommandSideConfig.of(
                new byte[32],
                directory,
                URI.create("https://veza.example"),
                "veza",
                URI.create("https://veza.example"),
                URI.create("wss://ws.veza.example"));
        return new SigningKeys(config, () -> now);
    }

    private static List<String> published(SigningKeys keys) {
        return keys.publicKeys().getKeys().stream().map(JWK::getKeyID).toList();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".jwk.json")).toList();
        }
    }

    @Test
    void theFirstStartMakesAKeyThatOnlyItsOwnerReads() throws IOException {
        directory = directory.resolve("keys");
        SigningKey key = node().current();

        assertThat(key.jwk().size()).isEqualTo(3072);
        assertThat(key.id()).hasSize(43);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                .isEqualTo("rwx------");
        assertThat(files())
                .hasSize(1)
                .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------"));
    }

    @Test
    void nodesThatStartTogetherAgreeOnOneKey() {
        var nodes =
                IntStream.range(0, 4)
                        .mapToObj(i -> CompletableFuture.supplyAsync(
                                () -> node().current().id()))
                        .toList()
                        .stream()
                        .map(CompletableFuture::join)
                        .distinct();

        assertThat(nodes).hasSize(1);
        assertThat(published(node())).hasSize(1);
    }

    @Test
    void aKeyIsPublishedBeforeItSignsAndVerifiesUntilItsLastTokenExpired() throws IOException {
        SigningKeys one = node();
        SigningKeys other = node();
        String first = one.current().id();

        String next = one.rotate().keyId();
        other.keepUp();
        assertThat(published(other)).containsExactly(next, first);
        assertThat(other.current().id()).as("not yet").isEqualTo(first);
        assertThat(other.rotate().keyId()).as("one that waits is enough").isEqualTo(next);

        now = now.plus(Duration.ofMinutes(10));
        assertThat(one.current().id()).isEqualTo(next);
        assertThat(other.current().id()).isEqualTo(next);

        now = now.plus(Duration.ofMinutes(10));
        other.keepUp();
        assertThat(other.isKnown(first)).as("a token of it may just be good").isTrue();

        now = now.plus(Duration.ofMinutes(2));
        other.keepUp();
        one.keepUp();
        assertThat(published(one)).containsExactly(next);
        assertThat(one.isKnown(first)).isFalse();
        assertThat(files()).hasSize(1);
    }

    @Test
    void theScheduleMakesOneKeyWhoeverKeepsUpFirst() {
        SigningKeys one = node();
        SigningKeys other = node();
        now = now.plus(Duration.ofDays(90)).minus(Duration.ofMinutes(11));
        one.keepUp();
        assertThat(published(one)).hasSize(1);

        now = now.plus(Duration.ofMinutes(1));
        one.keepUp();
        other.keepUp();
        one.keepUp();
        assertThat(published(one)).hasSize(2).isEqualTo(published(other));
        now = now.plus(Duration.ofMinutes(10));
        assertThat(one.current().id()).isEqualTo(published(one).getFirst());
    }

    @Test
    void afterATheftOneNewKeyIsLeft() throws IOException {
        SigningKeys one = node();
        SigningKeys other = node();
        String stolen = one.current().id();
        one.rotate();

        String fresh = other.replaceAll().keyId();
        one.keepUp();

        assertThat(one.current().id()).isEqualTo(fresh);
        assertThat(one.isKnown(stolen)).isFalse();
        assertThat(files()).hasSize(1);
    }

    @Test
    void whatIsPublishedHasNoPrivatePart() {
        assertThat(node().publicKeys().toJSONObject().toString())
                .contains("kty=RSA", "use=sig", "alg=RS256")
                .doesNotContain(", d=", "{d=", "p=", "q=", "dp=", "dq=", "qi=");
    }

    /** As every key was made once. */
    @Test
    void aShorterKeyThatIsThereGoesOnSigning() throws Exception {
        RSAKey former = new RSAKeyGenerator(2048)
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(JWSAlgorithm.RS256)
                .keyIDFromThumbprint(true)
                .issueTime(Date.from(now))
                .generate();
        Files.writeString(directory.resolve(former.getKeyID() + ".jwk.json"), former.toJSONString());

        assertThat(node().current().id()).isEqualTo(former.getKeyID());
    }

    @Test
    void aDamagedFileStopsTheStartAndIsNamed() throws IOException {
        Files.writeString(directory.resolve("broken.jwk.json"), "{}");

        assertThatThrownBy(this::node)
                .isInstanceOf(UncheckedIOException.class)
                .rootCause()
                .hasMessageContaining("broken.jwk.json");
    }
}
