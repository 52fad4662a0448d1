package app.veza.bench.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** As a person runs it who made a mistake: one sentence, and an exit code that is not 0. */
class DemoCommandTest {

    @TempDir
    private Path repository;

    @Test
    void withoutAPlatformItSaysSoOnce() throws Exception {
        Path script = Files.writeString(repository.resolve("veza"), """
                #!/bin/sh
                echo "veza: Veza does not run on here: './veza up' starts it." >&2
                exit 1
                """);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));

        assertThat(fails()).isEqualTo("veza: Veza does not run on here: './veza up' starts it.\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:8080", "veza.example", "ws://127.0.0.1:8081", "http:/api"})
    void anAddressOfNoPlatformIsNamed(String address) throws Exception {
        assertThat(fails("--url", address))
                .containsOnlyOnce("\n")
                .startsWith("veza: --url takes the address of a platform's API, such as https://veza.example")
                .endsWith(" not " + address + "\n");
    }

    private String fails(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dveza.repository=" + repository,
                "-cp",
                System.getProperty("java.class.path"),
                DemoCommand.class.getName()));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(1);
        return said;
    }
}
