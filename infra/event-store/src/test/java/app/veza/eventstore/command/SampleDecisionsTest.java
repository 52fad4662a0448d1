package app.veza.eventstore.command;

import app.veza.eventstore.command.SampleCommands.ClaimName;
import app.veza.eventstore.command.SampleCommands.Join;
import app.veza.eventstore.command.SampleCommands.LogIn;
import app.veza.eventstore.command.SampleCommands.Say;
import app.veza.eventstore.command.SampleEvents.Joined;
import app.veza.eventstore.command.SampleEvents.Left;
import app.veza.eventstore.command.SampleEvents.LoggedIn;
import app.veza.eventstore.command.SampleEvents.NameClaimed;
import app.veza.eventstore.command.SampleEvents.RoomOpened;
import app.veza.eventstore.command.SampleEvents.Said;
import app.veza.eventstore.command.SampleHandlers.Rejected;
import java.util.UUID;
import org.axonframework.eventsourcing.configuration.EventSourcingConfigurer;
import org.axonframework.test.fixture.AxonTestFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an application's handlers and states may rely on, with our resolvers and Axon's own store in memory. */
class SampleDecisionsTest {

    private final UUID room = UUID.randomUUID();
    private final UUID ada = UUID.randomUUID();
    private final UUID bob = UUID.randomUUID();
    private AxonTestFixture fixture;

    @BeforeEach
    void start() {
        EventSourcingConfigurer configurer = CommandSide.prepare(EventSourcingConfigurer.create());
        SampleHandlers.register(configurer, new SampleHandlers());
        fixture = AxonTestFixture.with(configurer);
    }

    @AfterEach
    void stop() {
        fixture.stop();
    }

    @Test
    void aStateIsSourcedByACompositeId() {
        fixture.given()
                .events(new RoomOpened(room, 2), new Joined(room, ada))
                .when()
                .command(new Say(room, ada, "hello"))
                .then()
                .success()
                .events(new Said(room, ada, "hello"));
    }

    @Test
    void anotherPersonsMembershipIsNotMine() {
        fixture.given()
                .events(new RoomOpened(room, 2), new Joined(room, bob))
                .when()
                .command(new Say(room, ada, "hello"))
                .then()
                .exception(Rejected.class, "not-a-member")
                .noEvents();
    }

    @Test
    void theLastOfSeveralEventsCounts() {
        fixture.given()
                .events(new RoomOpened(room, 2), new Joined(room, ada), new Left(room, ada))
                .when()
                .command(new Say(room, ada, "hello"))
                .then()
                .exception(Rejected.class, "not-a-member");
    }

    @Test
    void aHandlerTakesTwoStates() {
        fixture.given()
                .events(new RoomOpened(room, 1), new Joined(room, bob))
                .when()
                .command(new Join(room, ada))
                .then()
                .exception(Rejected.class, "full");
    }

    @Test
    void aStateWithoutEventsIsTheCreatorsOwn() {
        fixture.given()
                .noPriorActivity()
                .when()
                .command(new Join(room, ada))
                .then()
                .exception(Rejected.class, "no-such-room");
    }

    @Test
    void aStateIsSourcedFromEitherOfTwoCriteria() {
        fixture.given()
                .event(new NameClaimed(ada, "ada"))
                .when()
                .command(new ClaimName(ada, "countess"))
                .then()
                .exception(Rejected.class, "name-taken");
        fixture.given()
                .event(new NameClaimed(ada, "ada"))
                .when()
                .command(new ClaimName(bob, "ada"))
                .then()
                .exception(Rejected.class, "name-taken");
    }

    @Test
    void aHandlerNeedsNoState() {
        fixture.given()
                .noPriorActivity()
                .when()
                .command(new LogIn(ada))
                .then()
                .success()
                .events(new LoggedIn(ada));
    }
}
