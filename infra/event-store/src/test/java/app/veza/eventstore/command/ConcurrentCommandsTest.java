package app.veza.eventstore.command;

import static org.assertj.core.api.Assertions.assertThat;

import app.veza.eventstore.command.SampleCommands.ClaimName;
import app.veza.eventstore.command.SampleCommands.Join;
import app.veza.eventstore.command.SampleCommands.LogIn;
import app.veza.eventstore.command.SampleCommands.Say;
import app.veza.eventstore.command.SampleEvents.Joined;
import app.veza.eventstore.command.SampleEvents.Said;
import app.veza.eventstore.command.SampleHandlers.Rejected;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many clients at once, on one node. */
@Timeout(60)
class ConcurrentCommandsTest {

    private static final int CLIENTS = 200;

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
    void ofManyWhoClaimOneNameOneGetsIt() {
        List<Future<CommandOutcome>> outcomes =
                CommandFixture.atOnce(CLIENTS, i -> () -> fixture.run(new ClaimName(UUID.randomUUID(), "the-one")));

        assertThat(outcomes).filteredOn(o -> o.state() == Future.State.SUCCESS).hasSize(1);
        assertThat(outcomes)
                .filteredOn(o -> o.state() == Future.State.FAILED)
                .hasSize(CLIENTS - 1)
                .allSatisfy(o -> assertThat(o.exceptionNow()).hasCauseInstanceOf(Rejected.class));
        assertThat(fixture.stored()).hasSize(1);
    }

    @Test
    void sendersInOneRoomLoseNothingAndNeverConflict() {
        UUID[] members =
                IntStream.range(0, CLIENTS).mapToObj(i -> UUID.randomUUID()).toArray(UUID[]::new);
        UUID room = fixture.openRoom(CLIENTS, members);
        fixture.handlers.decisions.set(0);

        List<Future<CommandOutcome>> outcomes =
                CommandFixture.atOnce(CLIENTS, i -> () -> fixture.run(new Say(room, members[i], "message " + i)));

        assertThat(outcomes).allMatch(o -> o.state() == Future.State.SUCCESS);
        assertThat(fixture.handlers.decisions).hasValue(CLIENTS);
        assertThat(outcomes.stream().map(o -> o.resultNow().position())).doesNotHaveDuplicates();
        assertThat(fixture.payloads().stream().filter(Said.class::isInstance).map(payload -> ((Said) payload).text()))
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, CLIENTS)
                        .mapToObj(i -> "message " + i)
                        .toList());
    }

    @Test
    void whoHasJoinedMaySendAtOnce() {
        UUID[] rooms = IntStream.range(0, CLIENTS / 10)
                .mapToObj(i -> fixture.openRoom(CLIENTS))
                .toArray(UUID[]::new);

        // Ten join each room at the same time and so conflict over its capacity: only sending must not fail
        List<Future<Boolean>> sent = CommandFixture.atOnce(CLIENTS, i -> () -> {
            UUID room = rooms[i % rooms.length];
            UUID person = UUID.randomUUID();
            untilDecided(new Join(room, person)).join();
            return fixture.run(new Say(room, person, "just here"))
                    .event(Said.class)
                    .isPresent();
        });

        assertThat(sent).allSatisfy(o -> assertThat(o.resultNow()).isTrue());
    }

    @Test
    void aRoomNeverHoldsMoreThanItsCapacity() {
        UUID room = fixture.openRoom(10);

        List<Future<CommandOutcome>> outcomes = CommandFixture.atOnce(
                50, i -> () -> untilDecided(new Join(room, UUID.randomUUID())).join());

        assertThat(outcomes).filteredOn(o -> o.state() == Future.State.SUCCESS).hasSize(10);
        assertThat(outcomes)
                .filteredOn(o -> o.state() == Future.State.FAILED)
                .allSatisfy(o -> assertThat(o.exceptionNow()).hasCauseInstanceOf(Rejected.class));
        assertThat(fixture.payloads().stream().filter(Joined.class::isInstance)).hasSize(10);
    }

    @Test
    void concurrentRepeatsAppendOnceAndAllGetTheAnswer() {
        UUID ada = UUID.randomUUID();
        CommandOptions options = CommandOptions.ofCommandId("the-id", "the-body");

        List<Future<CommandOutcome>> outcomes =
                CommandFixture.atOnce(50, i -> () -> fixture.run(new ClaimName(ada, "ada"), options));

        assertThat(outcomes).allMatch(o -> o.state() == Future.State.SUCCESS);
        assertThat(outcomes.stream().filter(o -> !o.resultNow().repeated())).hasSize(1);
        assertThat(outcomes.stream().map(o -> o.resultNow().events()))
                .allMatch(
                        events -> events.equals(outcomes.getFirst().resultNow().events()));
        assertThat(fixture.stored()).hasSize(1);
    }

    @Test
    void unconditionalCommandsAllPass() {
        List<Future<CommandOutcome>> outcomes =
                CommandFixture.atOnce(CLIENTS, i -> () -> fixture.run(new LogIn(UUID.randomUUID())));

        assertThat(outcomes.stream().map(o -> o.resultNow().position()).sorted())
                .containsExactlyElementsOf(IntStream.rangeClosed(1, CLIENTS)
                        .mapToObj(Long::valueOf)
                        .toList());
    }

    /** Many who change one room may overtake one of them more often than it is tried; its client then repeats. */
    private CompletableFuture<CommandOutcome> untilDecided(Object command) {
        while (true) {
            CompletableFuture<CommandOutcome> outcome = fixture.execute(command, CommandOptions.none());
            if (!(outcome.isCompletedExceptionally() && outcome.exceptionNow() instanceof CommandConflictException)) {
                return outcome;
            }
        }
    }
}
