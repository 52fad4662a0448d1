package app.veza.command.streaming.removeguest;

import static app.veza.command.Rejection.Kind.FORBIDDEN;
import static app.veza.command.Rejection.Kind.NOT_FOUND;

import app.veza.command.Scenario;
import app.veza.command.streaming.Broadcast;
import app.veza.command.streaming.StreamHistory;
import app.veza.event.streaming.GuestRemoved;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RemoveGuestTest {

    private final StreamHistory of = new StreamHistory();
    private final RemoveGuest annRemovesBob = new RemoveGuest(of.stream, of.bob, of.ann);
    private final RemoveGuest bobGoes = new RemoveGuest(of.stream, of.bob, of.bob);

    private final Scenario<RemoveGuest, Broadcast> scenario = Scenario.of(new RemoveGuestHandler());

    @Test
    void anInvitationIsTakenBackOnce() {
        scenario.given(of.createdPrivately, of.bobInvited).when(annRemovesBob).then(of.bobRemoved);
        scenario.given(of.createdPrivately, of.bobInvited, of.bobRemoved)
                .when(annRemovesBob)
                .thenNothing();
        scenario.given(of.createdPrivately).when(annRemovesBob).thenNothing();
    }

    @Test
    void aGuestGoesByThemselves() {
        scenario.given(of.createdPrivately, of.bobInvited)
                .when(bobGoes)
                .then(new GuestRemoved(of.stream, of.bob, of.bob));
        scenario.given(of.createdPrivately).when(bobGoes).thenRejected(NOT_FOUND, "not-found");
    }

    @Test
    void nobodyElseTakesOneBack() {
        var another = new RemoveGuest(of.stream, of.bob, UUID.randomUUID());
        scenario.given(of.createdPrivately, of.bobInvited).when(another).thenRejected(NOT_FOUND, "not-found");
        scenario.given(of.created, of.bobInvited).when(another).thenRejected(FORBIDDEN, "forbidden");
    }
}
