package app.veza.command.identity.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeysTest {

    @TempDir
    Path directory;

    @Test
    void theFirstStartMakesAKeyThatOnlyItsOwnerReads() throws IOException {
        Path keysDirectory = directory.resolve("keys");
        var keys = new SigningKeys(keysDirectory);

        assertThat(keys.current().size()).isEqualTo(2048);
        assertThat(keys.current().getKeyID()).hasSize(43);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keysDirectory)))
                .isEqualTo("rwx------");
        assertThat(keyFiles(keysDirectory))
                .hasSize(1)
                .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------"));
    }

    @Test
    void theNextStartFindsItAgain() {
        String kid = new SigningKeys(directory).current().getKeyID();

        assertThat(new SigningKeys(directory).current().getKeyID()).isEqualTo(kid);
    }

    @Test
    void nodesThatStartTogetherAgreeOnOneKey() {
        var nodes = IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> new SigningKeys(directory).current().getKeyID()))
                .map(CompletableFuture::join)
                .distinct();

        assertThat(nodes).hasSize(1);
    }

    @Test
    void theNewestSignsAndTheOthersStillVerify() throws Exception {
        var first = new SigningKeys(directory).current();
        RSAKey next = new RSAKeyGenerator(2048)
                .keyIDFromThumbprint(true)
                .issueTime(Date.from(Instant.now().plusSeconds(60)))
                .generate();
        Files.writeString(directory.resolve("next.jwk.json"), next.toJSONString());

        var keys = new SigningKeys(directory);

        assertThat(keys.current().getKeyID()).isEqualTo(next.getKeyID());
        assertThat(keys.publicKeys().getKeys())
                .extracting(key -> key.getKeyID())
                .containsExactly(next.getKeyID(), first.getKeyID());
    }

    @Test
    void whatIsPublishedHasNoPrivatePart() {
        assertThat(new SigningKeys(directory).publicKeys().toJSONObject().toString())
                .contains("kty=RSA", "use=sig", "alg=RS256")
                .doesNotContain(", d=", "{d=", "p=", "q=", "dp=", "dq=", "qi=");
    }

    @Test
    void aDamagedFileStopsTheStartAndIsNamed() throws IOException {
        Files.writeString(directory.resolve("broken.jwk.json"), "{}");

        assertThatThrownBy(() -> new SigningKeys(directory))
                .isInstanceOf(UncheckedIOException.class)
                .rootCause()
                .hasMessageContaining("broken.jwk.json");
    }

    private static List<Path> keyFiles(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".jwk.json")).toList();
        }
    }
}
