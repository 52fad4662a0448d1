package app.veza.eventstore.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.eventstore.EventLog;
import app.veza.eventstore.command.SampleCommands.ClaimName;
import app.veza.eventstore.command.SampleCommands.Join;
import app.veza.eventstore.command.SampleCommands.Leave;
import app.veza.eventstore.command.SampleCommands.OpenRoom;
import app.veza.eventstore.command.SampleCommands.Say;
import app.veza.eventstore.command.SampleEvents.Joined;
import app.veza.eventstore.command.SampleEvents.NameClaimed;
import app.veza.eventstore.command.SampleEvents.Said;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What others append between the reading of a state and the answer that was decided on it. */
class OvertakenDecisionTest {

    private final UUID ada = UUID.randomUUID();
    private final UUID bob = UUID.randomUUID();
    private CommandFixture fixture;

    @BeforeEach
    void start() {
        fixture = new CommandFixture();
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void aRejectionOnAnOldStateIsDecidedAgain() {
        UUID room = fixture.openRoom(2);
        fixture.handlers.decisions.set(0);
        fixture.meanwhileOnce(() -> fixture.run(new Join(room, ada)));

        assertThat(fixture.run(new Say(room, ada, "hi")).events()).containsExactly(new Said(room, ada, "hi"));
        assertThat(fixture.handlers.decisions).hasValue(3);
    }

    @Test
    void soIsADecisionToDoNothing() {
        UUID room = fixture.openRoom(2, ada);
        fixture.meanwhileOnce(() -> fixture.run(new Leave(room, ada)));

        assertThat(fixture.run(new Join(room, ada)).events()).containsExactly(new Joined(room, ada));
    }

    @Test
    void soIsAnAppendWhoseConditionNoLongerHolds() {
        fixture.meanwhileOnce(() -> fixture.run(new ClaimName(bob, "ada")));

        assertThat(fixture.execute(new ClaimName(ada, "ada"), CommandOptions.none())
                        .exceptionNow())
                .hasMessage("name-taken");
        assertThat(fixture.payloads()).containsExactly(new NameClaimed(bob, "ada"));
    }

    /** What was read, and thus what was decided, may be no more. */
    @Test
    void whenTheLogIsReplacedNothingIsAppendedAndNothingIsRejected() {
        UUID room = fixture.openRoom(2, ada);
        fixture.meanwhileOnce(this::replaceLog);
        assertThat(fixture.execute(new Say(room, ada, "hi"), CommandOptions.none())
                        .exceptionNow())
                .isInstanceOf(EventLogUnavailableException.class)
                .hasMessageContaining("decide anew");
        fixture.meanwhileOnce(this::replaceLog);
        assertThat(fixture.execute(new Say(room, bob, "hi"), CommandOptions.none())
                        .exceptionNow())
                .isInstanceOf(EventLogUnavailableException.class)
                .hasMessageContaining("decide anew");

        assertThat(fixture.run(new Say(room, ada, "hi")).events()).containsExactly(new Said(room, ada, "hi"));
        assertThat(fixture.payloads()).filteredOn(Said.class::isInstance).hasSize(1);
    }

    private void replaceLog() {
        EventLog log = fixture.testLog.log();
        String logId = log.logId();
        log.disown(logId, 1, new byte[32]);
        await().until(() -> !log.logId().equals(logId) && log.isCaughtUp());
    }

    @Test
    void everyStateOfAHandlerCounts() {
        UUID room = fixture.openRoom(1);
        fixture.meanwhileOnce(() -> fixture.run(new Join(room, bob)));

        assertThat(fixture.execute(new Join(room, ada), CommandOptions.none()).exceptionNow())
                .hasMessage("full");
    }

    @Test
    void whatIsNotDecidedOnDoesNotCount() {
        UUID room = fixture.openRoom(3, ada);
        fixture.handlers.decisions.set(0);
        fixture.meanwhileOnce(() -> {
            fixture.run(new Join(room, bob));
            fixture.run(new Say(room, bob, "me first"));
        });

        assertThat(fixture.run(new Say(room, ada, "hi")).events()).containsExactly(new Said(room, ada, "hi"));
        assertThat(fixture.handlers.decisions).hasValue(3);
    }

    @Test
    void whoIsAlwaysOvertakenIsToldSoInTheEnd() {
        UUID room = UUID.randomUUID();
        fixture.run(new OpenRoom(room, 1_000));
        fixture.handlers.decisions.set(0);
        fixture.handlers.meanwhile = new Runnable() {
            private boolean nested;

            @Override
            public void run() {
                if (!nested) {
                    nested = true;
                    fixture.run(new Join(room, UUID.randomUUID()));
                    nested = false;
                }
            }
        };

        assertThat(fixture.execute(new Join(room, ada), CommandOptions.none()).exceptionNow())
                .isInstanceOfSatisfying(
                        CommandConflictException.class,
                        conflict -> assertThat(conflict.attempts()).isEqualTo(8));
        assertThat(fixture.handlers.decisions).hasValue(16);
    }
}
