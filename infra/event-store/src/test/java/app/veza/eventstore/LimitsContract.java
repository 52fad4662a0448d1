package app.veza.eventstore;

import static app.veza.eventstore.TestLog.all;
import static app.veza.eventstore.TestLog.append;
import static app.veza.eventstore.TestLog.appended;
import static app.veza.eventstore.TestLog.event;
import static app.veza.eventstore.TestLog.sourced;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

abstract class LimitsContract extends LogFixture {

    private static final Tag ROOM = new Tag("room", "7");

    private EventLog log;

    @BeforeEach
    void open() {
        log = TestLog.open(config(directory.resolve("index")));
    }

    @AfterEach
    void close() {
        log.close();
    }

    private static Tag[] tags(int count) {
        return IntStream.range(0, count).mapToObj(i -> new Tag("tag", "" + i)).toArray(Tag[]::new);
    }

    /** A dot, a star, a greater-than sign or a space would be another subject, or none at all. */
    @Test
    void everyCharacterIsSafeInTags() {
        List<String> texts = List.of(
                ".",
                "*",
                ">",
                " ",
                "a.b",
                "a b",
                "\n",
                "\r\n",
                "\t",
                "\0",
                "%",
                "%2E",
                "~",
                "=",
                "\"",
                "\\",
                "$JS",
                "é",
                "😀",
                "",
                "x".repeat(200));
        for (String text : texts) {
            Tag tag = new Tag("odd" + text, text);
            long position = appended(log, event("odd.Type", tag)).firstPosition();
            assertThat(append(log, AppendRequest.of(event("odd.Type", tag)).provided(Criteria.tagged(tag), 0)))
                    .as("'%s'", text)
                    .isEqualTo(new AppendOutcome.Refused(position));
            assertThat(sourced(log, Criteria.tagged(tag), 0))
                    .as("'%s'", text)
                    .singleElement()
                    .satisfies(read -> assertThat(read.tags()).containsExactly(tag));
        }
        assertThat(all(log)).hasSize(texts.size());
    }

    @Test
    void whatCanNeverBeStoredIsInvalid() {
        assertLimits();
    }

    @Test
    void aNodeThatHandsOverSetsTheSameLimits() {
        EventLogConfig config = config(directory.resolve("sequences"));
        try (EventLog sequences = TestLog.open(config)) {
            Awaitility.await().until(sequences::isSequencing);
            log.close();
            log = TestLog.open(elsewhere(config, directory.resolve("follows")));
            assertLimits();
            NewEvent quarter = event("chat.A", "{\"a\":\"" + "x".repeat(250_000) + "\"}", ROOM);
            assertThat(appended(log, quarter, quarter, quarter, quarter)).isEqualTo(new AppendOutcome.Appended(2, 5));
            assertThat(all(log)).hasSize(5);
            TestLog.assertSame(all(log), all(sequences));
        }
    }

    private void assertLimits() {
        NewEvent large = event("chat.A", "{\"a\":\"" + "x".repeat(2 << 20) + "\"}");
        assertInvalid("bytes", large);
        assertInvalid(
                "4,096",
                IntStream.range(0, 10_000).mapToObj(i -> event("chat.A")).toArray(NewEvent[]::new));
        assertInvalid("surrogate", event("chat.A", new Tag("a", "\ud800")));
        assertInvalid("tag", event("chat.A", new Tag("a", "x".repeat(1025))));
        assertInvalid("at most 64 tags", event("chat.A", tags(65)));
        assertInvalid("tag once", event("chat.A", ROOM, ROOM));
        assertThat(appended(log, event("chat.A", tags(64)))).isEqualTo(new AppendOutcome.Appended(1, 1));
    }

    @Test
    void whatIsTooMuchIsTurnedAwayAndNothingElse() throws Exception {
        try (EventLog narrow =
                TestLog.open(config(directory.resolve("narrow")).withLimits(2, 1, Duration.ofSeconds(20)))) {
            var outcomes = IntStream.range(0, 500)
                    .mapToObj(i -> narrow.append(AppendRequest.of(event("chat.A")))
                            .handle((outcome, failure) -> failure == null ? outcome : failure))
                    .toList();
            long turnedAway = outcomes.stream()
                    .filter(o -> o.join() instanceof AppendFailure.Unavailable)
                    .count();
            assertThat(turnedAway).isPositive();
            assertThat(all(narrow)).hasSize(500 - (int) turnedAway);
        }
    }

    private void assertInvalid(String why, NewEvent... events) {
        assertThatThrownBy(() -> append(log, AppendRequest.of(events)))
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOf(AppendFailure.Invalid.class)
                .hasMessageContaining(why);
    }
}
