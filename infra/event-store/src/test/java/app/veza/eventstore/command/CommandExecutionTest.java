package app.veza.eventstore.command;

import static org.assertj.core.api.Assertions.assertThat;

import app.veza.eventstore.PositionNotReachedException;
import app.veza.eventstore.RecordedEvent;
import app.veza.eventstore.Tag;
import app.veza.eventstore.command.SampleCommands.ClaimName;
import app.veza.eventstore.command.SampleCommands.Join;
import app.veza.eventstore.command.SampleCommands.LogIn;
import app.veza.eventstore.command.SampleCommands.OpenRoom;
import app.veza.eventstore.command.SampleCommands.Overflow;
import app.veza.eventstore.command.SampleCommands.Say;
import app.veza.eventstore.command.SampleEvents.Joined;
import app.veza.eventstore.command.SampleEvents.LoggedIn;
import app.veza.eventstore.command.SampleEvents.NameClaimed;
import app.veza.eventstore.command.SampleEvents.RoomOpened;
import app.veza.eventstore.command.SampleHandlers.Rejected;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.axonframework.messaging.commandhandling.NoHandlerForCommandException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What one client sees of its commands, against a real log. */
@Timeout(60)
class CommandExecutionTest {

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
    void anOutcomeTellsTheEventsAndThePositionOfTheLast() {
        UUID room = UUID.randomUUID();
        CommandOutcome opened = fixture.run(new OpenRoom(room, 2));
        CommandOutcome joined = fixture.run(new Join(room, ada));

        assertThat(opened).isEqualTo(new CommandOutcome(1, List.of(new RoomOpened(room, 2)), false));
        assertThat(joined.position()).isEqualTo(2);
        assertThat(joined.event(Joined.class)).contains(new Joined(room, ada));
        assertThat(joined.event(RoomOpened.class)).isEmpty();
        assertThat(fixture.payloads()).containsExactly(new RoomOpened(room, 2), new Joined(room, ada));
    }

    @Test
    void aDecisionToDoNothingTellsWhatItWasMadeOn() {
        UUID room = fixture.openRoom(2, ada);
        assertThat(fixture.run(new Join(room, ada))).isEqualTo(new CommandOutcome(2, List.of(), false));
    }

    @Test
    void aRejectionIsTheHandlersOwnException() {
        assertThat(fixture.execute(new Say(UUID.randomUUID(), ada, "hi"), CommandOptions.none()))
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableThat()
                .havingCause()
                .isExactlyInstanceOf(Rejected.class)
                .withMessage("not-a-member");
        assertThat(fixture.execute(new Say(UUID.randomUUID(), ada, "hi"), CommandOptions.none())
                        .exceptionNow())
                .isInstanceOf(Rejected.class);
        assertThat(fixture.handlers.decisions).hasValue(2);
    }

    @Test
    void anErrorInAHandlerFailsItsCommandAndAppendsNothing() {
        assertThat(fixture.execute(new Overflow(ada), CommandOptions.none()).exceptionNow())
                .isInstanceOf(StackOverflowError.class);
        fixture.run(new LogIn(bob));
        assertThat(fixture.payloads()).containsExactly(new LoggedIn(bob));
    }

    @Test
    void aCommandWithoutAHandlerFails() {
        assertThat(fixture.execute("what?", CommandOptions.none()).exceptionNow())
                .isInstanceOf(NoHandlerForCommandException.class);
    }

    @Test
    void theOptionsMetadataAccompaniesEveryEvent() {
        fixture.run(
                new LogIn(ada),
                CommandOptions.none().with(CommandOptions.CORRELATION, "c1").with(CommandOptions.CAUSATION, "m1"));
        assertThat(fixture.stored())
                .extracting(RecordedEvent::metadata)
                .containsExactly(Map.of(CommandOptions.CORRELATION, "c1", CommandOptions.CAUSATION, "m1"));
    }

    @Test
    void everyEventTellsWhatItIsPartOfAndWhatLedToIt() {
        fixture.run(new LogIn(ada), CommandOptions.ofCommandId("command-1", "f"));
        fixture.run(new LogIn(bob), CommandOptions.none());
        assertThat(fixture.stored().getFirst().metadata())
                .isEqualTo(Map.of(CommandOptions.CORRELATION, "command-1", CommandOptions.CAUSATION, "command-1"));
        assertThat(fixture.stored().getLast().metadata())
                .containsOnlyKeys(CommandOptions.CORRELATION, CommandOptions.CAUSATION);
    }

    @Test
    void aPersonalTagIsStoredAsAHashAndStillGuards() {
        fixture.run(new ClaimName(ada, "ada"));

        assertThat(fixture.stored()).singleElement().satisfies(event -> {
            assertThat(event.tags()).extracting(Tag::key).containsExactly(SampleEvents.PERSON, SampleEvents.NAME);
            assertThat(event.tags())
                    .filteredOn(tag -> tag.key().equals(SampleEvents.NAME))
                    .noneMatch(tag -> tag.value().contains("ada"));
        });
        assertThat(fixture.execute(new ClaimName(bob, "ada"), CommandOptions.none())
                        .exceptionNow())
                .hasMessage("name-taken");
    }

    @Test
    void aPositionThatTheLogDoesNotHaveIsWaitedForAndThenNamed() {
        UUID room = fixture.openRoom(2, ada);
        assertThat(fixture.run(new Say(room, ada, "hi"), CommandOptions.none().withMinPosition(2))
                        .position())
                .isEqualTo(3);
        assertThat(fixture.execute(
                                new Say(room, ada, "hi"), CommandOptions.none().withMinPosition(1_000))
                        .exceptionNow())
                .isInstanceOfSatisfying(
                        PositionNotReachedException.class,
                        e -> assertThat(List.of(e.wanted(), e.head())).containsExactly(1_000L, 3L));
    }

    @Nested
    class WithACommandId {

        private final CommandOptions options = CommandOptions.ofCommandId("id-1", "body-1");

        @Test
        void aRepeatGetsTheFirstAnswerAndIsNotDecided() {
            CommandOutcome first = fixture.run(new ClaimName(ada, "ada"), options);
            CommandOutcome repeated = fixture.run(new ClaimName(ada, "ada"), options);

            assertThat(repeated).isEqualTo(new CommandOutcome(first.position(), first.events(), true));
            assertThat(repeated.event(NameClaimed.class)).contains(new NameClaimed(ada, "ada"));
            assertThat(fixture.stored()).hasSize(1);
        }

        @Test
        void aRepeatWithAnotherBodyIsRefused() {
            fixture.run(new ClaimName(ada, "ada"), options);
            assertThat(fixture.execute(new ClaimName(ada, "eve"), CommandOptions.ofCommandId("id-1", "body-2"))
                            .exceptionNow())
                    .isInstanceOf(CommandIdReusedException.class);
            assertThat(fixture.stored()).hasSize(1);
        }

        @Test
        void aRepeatAfterARestartGetsTheFirstAnswer() {
            CommandOutcome first = fixture.run(new ClaimName(ada, "ada"), options);
            fixture.restart();

            assertThat(fixture.run(new ClaimName(ada, "ada"), options))
                    .isEqualTo(new CommandOutcome(first.position(), first.events(), true));
            assertThat(fixture.handlers.decisions).hasValue(0);
            assertThat(fixture.stored()).hasSize(1);
        }

        @Test
        void aRepeatThatOvertookItsFirstRunIsTheFirstRun() {
            fixture.meanwhileOnce(() -> fixture.run(new LogIn(ada), options));
            CommandOutcome overtaken = fixture.run(new LogIn(ada), options);

            assertThat(overtaken.repeated()).isTrue();
            assertThat(overtaken.events()).containsExactly(new LoggedIn(ada));
            assertThat(fixture.stored()).hasSize(1);
        }

        @Test
        void aRejectedCommandMayBeDecidedAgain() {
            UUID room = fixture.openRoom(2);
            assertThat(fixture.execute(new Say(room, ada, "hi"), options).exceptionNow())
                    .hasMessage("not-a-member");
            fixture.run(new Join(room, ada));
            assertThat(fixture.run(new Say(room, ada, "hi"), options).repeated())
                    .isFalse();
        }
    }
}
