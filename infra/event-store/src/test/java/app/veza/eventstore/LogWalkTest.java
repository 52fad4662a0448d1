package app.veza.eventstore;

import static app.veza.eventstore.TestLog.appended;
import static app.veza.eventstore.TestLog.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.impl.Headers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real messages of a log of 12 events: a fence, and ten appends, the third with three; then changed, taken out or exchanged. */
class LogWalkTest {
    @TempDir
    Path directory;

    private LogPoint fence;
    private List<LogMessage> messages;
    private final List<LogDamage> damages = new ArrayList<>();
    private final List<Long> sound = new ArrayList<>();

    @BeforeEach
    void append() throws Exception {
        EventLogConfig config = TestLog.config(directory.resolve("index"));
        try (EventLog log = TestLog.open(config);
                RawStream stream = RawStream.connect(config.natsUrl(), config.streamName())) {
            for (int i = 1; i <= 10; i++) {
                if (i == 3) {
                    appended(log, event("chat.A"), event("chat.B"), event("chat.C"));
                } else {
                    appended(log, event("chat.A", "{\"text\":\"a long enough text\"}"));
                }
            }
            messages = stream.read(1, 100);
            fence = LogWalk.soundInItself(messages.removeFirst()).point();
        }
        assertThat(messages).hasSize(10);
    }

    private void walk(List<LogMessage> read, long lastSequence) {
        LogWalk walk = LogWalk.behind(fence, append -> sound.add(append.firstPosition()), damages::add);
        read.forEach(walk::take);
        walk.end(lastSequence + 1);
    }

    private List<LogMessage> with(int append, UnaryOperator<LogMessage> change) {
        return messages.stream()
                .map(message -> message.sequence() == append + 1 ? change.apply(message) : message)
                .toList();
    }

    private static LogMessage body(LogMessage message) {
        byte[] body = message.body().clone();
        body[10] ^= 1;
        return new LogMessage(message.sequence(), message.subject(), message.headers(), body);
    }

    private static LogMessage header(LogMessage message, String name, String value) {
        var headers = new Headers();
        message.headers().forEach((key, values) -> headers.put(key, values));
        headers.remove(name);
        if (!value.isEmpty()) {
            headers.put(name, value);
        }
        return new LogMessage(message.sequence(), message.subject(), headers, message.body());
    }

    @Test
    void aSoundLogIsSound() {
        walk(messages, 10);
        assertThat(damages).isEmpty();
        assertThat(sound).containsExactly(1L, 2L, 3L, 6L, 7L, 8L, 9L, 10L, 11L, 12L);
    }

    @Test
    void aChangedMessageIsNamedAndWhatFollowsIsSound() {
        walk(with(3, LogWalkTest::body), 10);
        assertThat(damages).singleElement().satisfies(damage -> {
            assertThat(damage.firstSequence()).isEqualTo(4);
            assertThat(damage.lastSequence()).isEqualTo(4);
            assertThat(damage.firstPosition()).isEqualTo(3);
            assertThat(damage.lastPosition()).isEqualTo(5);
            assertThat(damage)
                    .hasToString(
                            "positions 3 to 5 lost, what follows is sound: its content does not give the hash in its header (stream sequence 4)");
        });
        assertThat(sound).containsExactly(1L, 2L, 6L, 7L, 8L, 9L, 10L, 11L, 12L);
    }

    @Test
    void everyHeaderThatPlacesAnAppendIsGuarded() {
        for (String name : List.of(
                WireFormat.POSITION, WireFormat.COUNT, WireFormat.PREVIOUS, WireFormat.CHAIN, WireFormat.APPEND_ID)) {
            String other = name.equals(WireFormat.PREVIOUS) || name.equals(WireFormat.CHAIN)
                    ? Chain.text(Chain.sha256(new byte[] {7}))
                    : "77";
            for (String value : List.of(other, "no such thing", "")) {
                damages.clear();
                walk(with(5, message -> header(message, name, value)), 10);
                assertThat(damages)
                        .as("%s: '%s'", name, value)
                        .singleElement()
                        .satisfies(damage -> assertThat(List.of(damage.firstPosition(), damage.lastPosition()))
                                .containsExactly(7L, 7L));
            }
        }
    }

    @Test
    void missingMessagesAreNamedWithTheirPositions() {
        List<LogMessage> read = new ArrayList<>(messages);
        read.subList(1, 4).clear();
        walk(read, 10);
        assertThat(damages).singleElement().satisfies(damage -> {
            assertThat(List.of(damage.firstSequence(), damage.lastSequence())).containsExactly(3L, 5L);
            assertThat(List.of(damage.firstPosition(), damage.lastPosition())).containsExactly(2L, 6L);
        });
        assertThat(sound).containsExactly(1L, 7L, 8L, 9L, 10L, 11L, 12L);
    }

    @Test
    void severalPlacesAreAllNamed() {
        List<LogMessage> read = new ArrayList<>(with(5, LogWalkTest::body));
        read.remove(7);
        walk(read, 12);
        assertThat(damages).hasSize(3);
        assertThat(damages.get(0).firstPosition()).isEqualTo(7);
        assertThat(damages.get(1).firstPosition()).isEqualTo(10);
        assertThat(damages.get(2).isOpen()).isTrue();
        assertThat(damages.get(2).firstPosition()).isEqualTo(13);
    }

    @Test
    void anExchangedMessageIsNoticedAlthoughItIsWholeInItself() {
        List<LogMessage> read = new ArrayList<>(messages);
        LogMessage other = messages.get(7);
        read.set(
                5,
                new LogMessage(
                        7,
                        other.subject(),
                        header(other, WireFormat.EXPECTED_SEQUENCE, "1").headers(),
                        other.body()));
        walk(read, 10);
        assertThat(damages).isNotEmpty();
        assertThat(damages.getFirst().firstPosition()).isEqualTo(8);
    }

    @Test
    void verifyingMayBeginAnywhere() {
        LogWalk walk = LogWalk.at(7, append -> sound.add(append.firstPosition()), damages::add);
        messages.subList(5, 10).forEach(walk::take);
        walk.end(11);
        assertThat(damages).isEmpty();
        assertThat(sound).containsExactly(8L, 9L, 10L, 11L, 12L);
    }
}
