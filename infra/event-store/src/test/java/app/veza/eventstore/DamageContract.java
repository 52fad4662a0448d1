package app.veza.eventstore;

import static app.veza.eventstore.TestLog.all;
import static app.veza.eventstore.TestLog.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A bit of a stored message is not what it was: it is named, and what it changes is never served. */
abstract class DamageContract extends LogFixture {
    private static final Duration AT_LAST = Duration.ofSeconds(60);
    private static final int EVENTS = 60;
    private static final int DAMAGED = 40;
    private static final int PASSES = 5;

    private EventLogConfig config;
    private LogMark whole;
    private List<RecordedEvent> before;

    @BeforeEach
    void append() {
        config = config(directory.resolve("index"));
        try (EventLog log = TestLog.open(config)) {
            for (int i = 1; i <= EVENTS; i++) {
                TestLog.appended(log, event("chat.A", "{\"text\":\"" + text(i) + "\"}"));
            }
            before = all(log);
        }
        whole = Verified.of(config).reached();
    }

    private static String text(int position) {
        return "what stands at %d, and nowhere else".formatted(position);
    }

    @Test
    void whatNoCopyHoldsAsItWasIsNamedByItsPositionAndServedByNobodyWhoHasNotReadItBefore() throws IOException {
        List<Path> stores = suite().servers().stores();
        if (stores.isEmpty()) {
            return;
        }
        damage(stores);
        LogDamage damage = theOnlyDamage();
        assertThat(damage.firstPosition()).isEqualTo(DAMAGED);
        assertThat(damage.lastPosition()).isEqualTo(DAMAGED);
        assertThat(damage.firstSequence()).isEqualTo(sequence());
        assertThatThrownBy(() -> freshNode().close())
                .isInstanceOf(LogDamagedException.class)
                .hasMessageContaining("stream sequence %d is missing".formatted(sequence()));
        try (EventLog log = TestLog.open(config)) {
            isServedAsItWas(log);
        }
    }

    @Test
    void whatOneCopyOfSeveralHoldsOtherwiseIsNamedInOnePassAndServedAsItWas() throws IOException {
        List<Path> stores = suite().servers().stores();
        if (stores.size() < 2) {
            return;
        }
        damage(List.of(stores.getFirst()));
        // A server answers reads of a stream that it does not lead only some seconds after it has become current
        await().atMost(AT_LAST).until(() -> !Verified.of(config).damages().isEmpty());
        for (int pass = 0; pass < PASSES; pass++) {
            LogDamage damage = theOnlyDamage();
            assertThat(damage.isOfOneCopy()).isTrue();
            assertThat(damage.losesEvents()).isFalse();
            assertThat(damage.firstSequence()).isEqualTo(sequence());
            assertThat(damage.lastSequence()).isEqualTo(sequence());
        }
        try (EventLog log = freshNode()) {
            isServedAsItWas(log);
        }
    }

    private void damage(List<Path> stores) throws IOException {
        LogServers servers = suite().servers();
        servers.stop();
        for (Path store : stores) {
            BlockFiles.of(store, config.streamName()).flipABitOf(text(DAMAGED));
        }
        servers.restart();
        await().atMost(AT_LAST).ignoreExceptionsInstanceOf(IOException.class).until(() -> {
            LogVerifier.connect(config).close();
            return true;
        });
    }

    /** Of the message that is damaged: the log begins with a fence, which has no position. */
    private long sequence() {
        return whole.sequence() - (EVENTS - DAMAGED);
    }

    private LogDamage theOnlyDamage() {
        Verified found = Verified.of(config);
        assertThat(found.reached()).as("what follows is sound").isEqualTo(whole);
        assertThat(found.damages()).hasSize(1);
        return found.damages().getFirst();
    }

    private EventLog freshNode() {
        Path index = directory.resolve("fresh");
        IndexFiles.delete(index);
        return TestLog.open(elsewhere(config, index).withLimits(16, 16, Duration.ofMillis(300)));
    }

    private void isServedAsItWas(EventLog log) {
        assertThat(all(log)).usingRecursiveFieldByFieldElementComparator().isEqualTo(before);
    }
}
