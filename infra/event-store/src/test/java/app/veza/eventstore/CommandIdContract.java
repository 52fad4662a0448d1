package app.veza.eventstore;

import static app.veza.eventstore.TestLog.all;
import static app.veza.eventstore.TestLog.append;
import static app.veza.eventstore.TestLog.appended;
import static app.veza.eventstore.TestLog.event;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

abstract class CommandIdContract extends LogFixture {

    private static final String COMMAND = "a command, with ü and 😀";

    private EventLogConfig config;

    @BeforeEach
    void configure() {
        config = config(directory.resolve("index"));
    }

    private static AppendRequest request(String fingerprint) {
        return AppendRequest.of(event("chat.A"), event("chat.B")).forCommand(COMMAND, fingerprint);
    }

    @Test
    void aRepeatFromAnotherNodeGetsTheFirstAnswer() {
        try (EventLog one = TestLog.open(config);
                EventLog two = TestLog.open(elsewhere(config, directory.resolve("two")))) {
            assertThat(append(one, request("first"))).isEqualTo(new AppendOutcome.Appended(1, 2));
            assertThat(append(two, request("second"))).isEqualTo(new AppendOutcome.Duplicate(1, 2, "first"));
            assertThat(two.recorded(COMMAND).join()).contains(new AppendOutcome.Duplicate(1, 2, "first"));
            assertThat(appended(two, event("chat.C"))).isEqualTo(new AppendOutcome.Appended(3, 3));
        }
    }

    @Test
    void aRepeatAfterARestartWithOrWithoutTheIndexGetsTheFirstAnswer() {
        try (EventLog log = TestLog.open(config)) {
            append(log, request("first"));
        }
        try (EventLog log = TestLog.open(config)) {
            assertThat(append(log, request("second"))).isEqualTo(new AppendOutcome.Duplicate(1, 2, "first"));
        }
        IndexFiles.delete(config.indexDirectory());
        try (EventLog log = TestLog.open(config)) {
            assertThat(append(log, request("third"))).isEqualTo(new AppendOutcome.Duplicate(1, 2, "first"));
            assertThat(log.head()).isEqualTo(2);
        }
    }

    @Test
    void ofRepeatsAtTheSameMomentOnSeveralNodesOneAppends() {
        try (EventLog one = TestLog.open(config);
                EventLog two = TestLog.open(elsewhere(config, directory.resolve("two")))) {
            List<CompletableFuture<AppendOutcome>> repeats = Stream.of(one, two)
                    .flatMap(log ->
                            Stream.generate(() -> log.append(request("same"))).limit(50))
                    .toList();
            List<AppendOutcome> outcomes =
                    repeats.stream().map(CompletableFuture::join).toList();
            assertThat(outcomes)
                    .filteredOn(new AppendOutcome.Appended(1, 2)::equals)
                    .hasSize(1);
            assertThat(outcomes)
                    .filteredOn(new AppendOutcome.Duplicate(1, 2, "same")::equals)
                    .hasSize(99);
            assertThat(all(one)).hasSize(2);
        }
    }
}
