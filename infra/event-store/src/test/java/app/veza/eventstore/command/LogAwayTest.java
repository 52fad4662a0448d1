package app.veza.eventstore.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.embedded.NatsServer;
import app.veza.embedded.NatsServerOptions;
import app.veza.eventstore.axon.TestLog;
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
