package app.veza.eventstore.example;

import static org.assertj.core.api.Assertions.assertThat;

import app.veza.embedded.NatsServer;
import app.veza.embedded.NatsServerOptions;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows does run. */
class ExampleTest {
    @Test
    void aCourseIsNeverOverbookedAndASecondRunChangesNothing(@TempDir Path directory) {
        try (NatsServer nats = NatsServer.start(NatsServerOptions.temporary())) {
            String index = directory.resolve("index").toString();
            assertThat(said(nats.url(), index)).contains("10 of 30 students");
            assertThat(said(nats.url(), index)).contains("10 of 30 students");
        }
    }

    private static String said(String... args) {
        PrintStream out = System.out;
        var said = new ByteArrayOutputStream();
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            Enrolment.main(args);
        } finally {
            System.setOut(out);
        }
        return said.toString(StandardCharsets.UTF_8);
    }
}
