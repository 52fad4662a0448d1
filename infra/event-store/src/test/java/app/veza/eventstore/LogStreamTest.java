package app.veza.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nats.client.Connection;
import io.nats.client.Nats;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogStreamTest {
    @TempDir
    Path directory;

    @Test
    void hasNoNewIdentityWhileItDoesNotTellTheOld() throws Exception {
        EventLogConfig config = TestLog.config(directory);
        try (Connection nats = Nats.connect(config.natsUrl())) {
            var stream = new LogStream(config, nats);
            String logId = stream.open(new Checkpoint("", LogPoint.ORIGIN), FormerLog.NONE)
                    .logId();
            String renewed = stream.renewIdentity(logId);
            assertThat(renewed).isNotEqualTo(logId);
            assertThat(stream.renewIdentity(logId)).as("another was faster").isEqualTo(renewed);

            nats.jetStreamManagement().deleteStream(config.streamName());
            assertThatThrownBy(() -> stream.renewIdentity(renewed))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("does not tell its log: stream not found");
        }
    }
}
