package app.veza.eventstore.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.embedded.NatsServer;
import app.veza.embedded.NatsServerOptions;
import app.veza.eventstore.AppendFailure;
import app.veza.eventstore.Criteria;
import app.veza.eventstore.axon.TestLog;
import app.veza.eventstore.command.SampleCommands.Join;
import app.veza.eventstore.command.SampleCommands.Leave;
import app.veza.eventstore.command.SampleCommands.LogIn;
import app.veza.eventstore.command.SampleEvents.LoggedIn;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Commands while the log's server is away, and their repeats after it came back. */
@Timeout(60)
class LogAwayTest {

    private NatsServer server;
    private CommandFixture fixture;

    @BeforeEach
    void start() {
        server = NatsServer.start(NatsServerOptions.temporary());
        fixture = new CommandFixture(TestLog.on(server.url()));
    }

    @AfterEach
    void stop() {
        fixture.close();
        server.close();
    }

    /** What was read may have changed: while nobody can be asked, neither is an answer. */
    @Test
    void neitherARejectionNorHavingNothingToDoIsAnAnswerNow() {
        UUID ada = UUID.randomUUID();
        UUID room = fixture.openRoom(2, ada);
        Leave rejected = new Leave(room, UUID.randomUUID());
        Join nothingToDo = new Join(room, ada);
        assertThat(failure(rejected)).isInstanceOf(SampleHandlers.Rejected.class);
        assertThat(fixture.run(nothingToDo).events()).isEmpty();
        server.kill();
        await().until(() -> fixture.testLog
                .log()
                .isCurrent(Criteria.everything(), 0)
                .handle((current, away) -> away instanceof AppendFailure.Unavailable)
                .join());

        assertThat(failure(rejected)).isInstanceOf(EventLogUnavailableException.class);
        assertThat(failure(nothingToDo)).isInstanceOf(EventLogUnavailableException.class);
    }

    private Throwable failure(Object command) {
        return fixture.execute(command, CommandOptions.none()).exceptionNow();
    }

    @Test
    void aRepeatTellsWhatBecameOfACommandAndAppendsItAtMostOnce() {
        UUID ada = UUID.randomUUID();
        CommandOptions options = CommandOptions.ofCommandId("the-id", "the-body");
        server.kill();

        Throwable failure = fixture.execute(new LogIn(ada), options).exceptionNow();
        assertThat(failure).isInstanceOfAny(OutcomeUnknownException.class, EventLogUnavailableException.class);

        server.restart();
        CommandOutcome outcome = await().atMost(Duration.ofSeconds(30))
                .until(() -> fixture.execute(new LogIn(ada), options), repeat -> !repeat.isCompletedExceptionally())
                .join();
        assertThat(outcome.events()).containsExactly(new LoggedIn(ada));
        assertThat(fixture.payloads()).containsExactly(new LoggedIn(ada));
    }
}
