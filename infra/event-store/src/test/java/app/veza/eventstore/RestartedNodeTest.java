package app.veza.eventstore;

import static app.veza.eventstore.TestLog.appended;
import static app.veza.eventstore.TestLog.event;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that starts behind the fence of the one that sequences, with the index that it had. */
class RestartedNodeTest {
    @TempDir
    Path directory;

    @Test
    void aNodeThatWasStoppedInGoodOrderHandsItsAppendsOverAgain() {
        EventLogConfig config = TestLog.config(directory.resolve("sequencing"));
        EventLogConfig elsewhere = EventLogConfig.defaults(config.natsUrl(), directory.resolve("restarted"))
                .withStream(config.streamName());
        try (EventLog sequencing = TestLog.open(config)) {
            appended(sequencing, event("chat.A"));
            Awaitility.await().until(sequencing::isSequencing);
            try (EventLog node = TestLog.open(elsewhere)) {
                assertThat(appended(node, event("chat.B"))).isEqualTo(new AppendOutcome.Appended(2, 2));
            }
            try (EventLog node = TestLog.open(elsewhere)) {
                assertThat(appended(node, event("chat.C"))).isEqualTo(new AppendOutcome.Appended(3, 3));
                assertThat(node.isSequencing()).isFalse();
            }
        }
    }
}
