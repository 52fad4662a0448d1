package app.veza.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExternalStoresTest {

    static final List<String> COMPLETE = List.of(
            "veza.nats.url=nats://server:secret@nats.example.org:4222",
            "veza.postgres.primary.url=jdbc:postgresql://one.example.org:5432/veza",
            "veza.postgres.primary.username=veza",
            "veza.postgres.primary.password=p1",
            "veza.postgres.replica.url=jdbc:postgresql://two.example.org:5432/veza",
            "veza.postgres.replica.username=veza",
            "veza.postgres.replica.password=p2",
            "veza.postgres.analytics.url=jdbc:postgresql://three.example.org:5432/veza_analytics",
            "veza.postgres.analytics.username=veza",
            "veza.postgres.analytics.password=p3",
            "veza.redis.url=redis://:secret@redis.example.org:6379/0",
            "veza.s3.endpoint=https://s3.example.org",
            "veza.s3.region=eu-central-1",
            "veza.s3.bucket=veza",
            "veza.s3.access-key=a",
            "veza.s3.secret-key=s",
            "veza.mail.host=mail.example.org",
            "veza.mail.port=587");

    @TempDir
    private Path directory;

    @Test
    void aCompleteFileIsTakenAsItIsAndNothingIsStarted() throws IOException {
        var stores = ExternalStores.read(file(COMPLETE));

        assertThat(stores.properties())
                .hasSize(COMPLETE.size())
                .containsEntry("veza.redis.url", "redis://:secret@redis.example.org:6379/0");
        assertThat(stores.processes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "veza.nats.url",
                "veza.postgres.replica.password",
                "veza.redis.url",
                "veza.s3.bucket",
                "veza.mail.port"
            })
    void aMissingKeyIsNamed(String key) throws IOException {
        Path file = file(
                COMPLETE.stream().filter(line -> !line.startsWith(key + "=")).collect(Collectors.toList()));

        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(() -> ExternalStores.read(file))
                .withMessage(file + " does not set " + key + ": add it.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "veza.nats.url=http://nats.example.org",
                "veza.postgres.primary.url=postgresql://one.example.org/veza",
                "veza.redis.url=redis.example.org:6379",
                "veza.mail.port=smtp"
            })
    void aValueOfTheWrongShapeIsNamed(String line) throws IOException {
        String key = line.substring(0, line.indexOf('='));
        Path file = file(COMPLETE.stream()
                .map(given -> given.startsWith(key + "=") ? line : given)
                .collect(Collectors.toList()));

        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(() -> ExternalStores.read(file))
                .withMessageContaining(key)
                .withMessageEndingWith("correct it.");
    }

    @Test
    void severalNatsServersAreNamedWithCommasAndShownWithoutPasswords() throws IOException {
        String servers = "nats://server:secret@one.example.org:4222,nats://server:secret@two.example.org:4222";
        var stores = ExternalStores.read(file(COMPLETE.stream()
                .map(given -> given.startsWith("veza.nats.url=") ? "veza.nats.url=" + servers : given)
                .collect(Collectors.toList())));

        assertThat(stores.properties()).containsEntry("veza.nats.url", servers);
        assertThat(StoreAddresses.masked(servers))
                .isEqualTo("nats://server@one.example.org:4222,nats://server@two.example.org:4222");
    }

    @Test
    void aMistypedKeyIsNamed() throws IOException {
        List<String> lines = new java.util.ArrayList<>(COMPLETE);
        lines.add("veza.nats.ulr=nats://elsewhere");

        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(() -> ExternalStores.read(file(lines)))
                .withMessageContaining("unknown key veza.nats.ulr");
    }

    @Test
    void aMissingFileIsNamed() {
        Path file = directory.resolve("absent.properties");

        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(() -> ExternalStores.read(file))
                .withMessageContaining(file.toString());
    }

    private Path file(List<String> lines) throws IOException {
        return Files.write(directory.resolve("external.properties"), lines);
    }
}
