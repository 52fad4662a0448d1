package app.veza.eventstore;

import static app.veza.eventstore.TestLog.all;
import static app.veza.eventstore.TestLog.appended;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The events of one request from outside, and which of them led to which. */
class CorrelationTest {

    @TempDir
    Path directory;

    @Test
    void eventsOfOneCorrelationAreATree() {
        EventLogConfig config = TestLog.config(directory);
        try (EventLog log = TestLog.open(config)) {
            appended(log, event("other", "o", "command-0"));
            appended(log, event("a", "c", "command-1"), event("b", "c", "command-1"));
            appended(log, event("other-2", "c2", "a"));
            appended(log, event("a1", "c", "a"), event("a2", "c", "a"));
            appended(log, event("a1x", "c", "a1"));
            appended(log, event("b1", "c", "b"), TestLog.event("chat.A"));
            all(log);

            List<RecordedEvent> events = log.correlated("c", 6).events();
            assertThat(events).extracting(RecordedEvent::id).containsExactly("a", "b", "a1", "a2", "a1x", "b1");
            assertThat(log.correlated("c", 6).isWhole()).isTrue();
            assertThat(log.correlated("c", 5).isWhole()).isFalse();
            assertThat(log.correlated("c", 2).events()).hasSize(2);
            assertThat(log.correlated("nobody", 100)).isEqualTo(new Correlation(List.of(), true));
            assertThat(text(EventTree.of(events))).isEqualTo("a(a1(a1x)a2)b(b1)");
            assertThat(text(EventTree.of(events.subList(2, 6)))).isEqualTo("a1(a1x)a2b1");
        }
        IndexFiles.delete(config.indexDirectory());
        try (EventLog log = TestLog.open(config)) {
            assertThat(log.correlated("c", 100).events()).hasSize(6);
        }
    }

    private static String text(List<EventTree> trees) {
        var text = new StringBuilder();
        for (EventTree tree : trees) {
            text.append(tree.event().id());
            if (!tree.caused().isEmpty()) {
                text.append('(').append(text(tree.caused())).append(')');
            }
        }
        return text.toString();
    }

    private static NewEvent event(String id, String correlation, String causation) {
        return new NewEvent(
                id,
                "chat.A",
                "1",
                Instant.now(),
                List.of(),
                Map.of(EventMetadata.CORRELATION_ID, correlation, EventMetadata.CAUSATION_ID, causation),
                "{}".getBytes(StandardCharsets.UTF_8));
    }
}
