package app.veza.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The thread that writes the index must not end with a fault: who waits for it would wait for ever. */
@Timeout(30)
class IndexFeedTest {
    private static final String LOG_ID = "log";

    @TempDir
    Path directory;

    private EventLogConfig config;

    @BeforeEach
    void configure() {
        config = EventLogConfig.defaults("nats://nobody", directory.resolve("index"));
    }

    private static IndexFeed feed(LogIndex index) {
        return new IndexFeed(index, null, Long.MAX_VALUE, 1 << 20, "TEST");
    }

    private StoredAppend append(long position) {
        EncodedAppend append = new WireFormat(config.subjectPrefix(), 1, 1 << 20)
                .encode("append-" + position, AppendRequest.of(TestLog.event("chat.A")));
        return new StoredAppend(position, position, Chain.next(Chain.genesis(), position, append), append);
    }

    @Test
    void whateverTheIndexFailsWithIsAFailureOfTheIndex() throws Exception {
        var index = new LogIndex(config);
        index.close();
        try (IndexFeed feed = feed(index)) {
            feed.add(append(1), LOG_ID);
            assertThatThrownBy(feed::drain).isInstanceOf(IndexException.class);
            assertThat(feed.failed()).isTrue();
            Awaitility.await().until(() -> !feed.isBehind(0));
        }
    }

    @Test
    void afterAFaultThatDamagedNothingTheIndexGoesOnFromWhereItWasFlushedLast() throws Exception {
        try (var index = new LogIndex(config);
                IndexFeed feed = feed(index)) {
            feed.add(append(1), LOG_ID);
            feed.add(append(2), LOG_ID);
            feed.drain();
        }
        try (var index = new LogIndex(config);
                IndexFeed feed = feed(index)) {
            byte[] noHash = new byte[Chain.LENGTH + 1];
            feed.add(new StoredAppend(3, 3, noHash, append(3).append()), LOG_ID);
            assertThatThrownBy(feed::drain).isInstanceOf(IndexException.class);

            Checkpoint kept = feed.reopen().orElseThrow();
            assertThat(kept.point().position()).isEqualTo(2);
            assertThatThrownBy(() -> index.read(0, 10)).isInstanceOf(AppendFailure.Unavailable.class);
            feed.add(append(3), LOG_ID);
            feed.drain();
            index.whole();
            assertThat(index.read(0, 10)).hasSize(3);
        }
    }

    @Test
    void anErrorOfAListenerEndsNothing() throws Exception {
        try (var index = new LogIndex(config);
                IndexFeed feed = feed(index);
                AutoCloseable listening = feed.listen(position -> {
                    throw new StackOverflowError("a listener's own");
                })) {
            assertThat(listening).isNotNull();
            for (int position = 1; position <= 3; position++) {
                feed.add(append(position), LOG_ID);
                assertThat(feed.await(position, Duration.ofSeconds(10))).isTrue();
            }
        }
    }

    /** As the root of a volume of its own: it cannot be removed, and may hold a directory that is not ours. */
    @Test
    void theDirectoryOfTheIndexStaysWhenTheIndexIsEmptied() throws IOException {
        Path kept = Files.createDirectories(config.indexDirectory().resolve("lost+found"));
        Object identity =
                Files.readAttributes(config.indexDirectory(), "unix:ino").get("ino");
        try (var index = new LogIndex(config)) {
            index.reset();
            assertThat(index.indexedPosition()).isZero();
        }
        assertThat(kept).isDirectory();
        assertThat(Files.readAttributes(config.indexDirectory(), "unix:ino").get("ino"))
                .isEqualTo(identity);
    }
}
