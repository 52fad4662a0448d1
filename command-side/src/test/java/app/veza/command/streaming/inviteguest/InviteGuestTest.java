package app.veza.command.streaming.inviteguest;

import static app.veza.command.Rejection.Kind.FORBIDDEN;
import static app.veza.command.Rejection.Kind.NOT_FOUND;

import app.veza.command.Scenario;
import app.veza.command.streaming.StreamHistory;
import app.veza.event.Erased;
import app.veza.event.identity.PersonRegistered;
import org.junit.jupiter.api.Test;

class InviteGuestTest {

    private final StreamHistory of = new StreamHistory();
    private final InviteGuest annInvitesBob = new InviteGuest(of.stream, of.bob, of.ann);
    private final PersonRegistered bobRegistered = registered("bob");

    private final Scenario<InviteGuest, InviteGuestHandler.State> scenario = Scenario.of(new InviteGuestHandler());

    private PersonRegistered registered(String name) {
        return new PersonRegistered(of.bob, name, name, name, "bob@example.org", "hash");
    }

    @Test
    void itsBroadcasterInvitesOnce() {
        scenario.given(of.createdPrivately, bobRegistered).when(annInvitesBob).then(of.bobInvited);
        scenario.given(of.createdPrivately, bobRegistered, of.bobInvited)
                .when(annInvitesBob)
                .thenNothing();
        scenario.given(of.createdPrivately, bobRegistered, of.bobInvited, of.bobRemoved)
                .when(annInvitesBob)
                .then(of.bobInvited);
    }

    @Test
    void nobodyWhoIsNotThere() {
        scenario.given(of.createdPrivately).when(annInvitesBob).thenRejected(NOT_FOUND, "not-found");
        scenario.given(of.createdPrivately, registered(Erased.TEXT))
                .when(annInvitesBob)
                .thenRejected(NOT_FOUND, "not-found");
    }

    @Test
    void nobodyInvitesToTheStreamOfAnother() {
        var bobInvitesHimself = new InviteGuest(of.stream, of.bob, of.bob);
        scenario.given(of.createdPrivately, bobRegistered)
                .when(bobInvitesHimself)
                .thenRejected(NOT_FOUND, "not-found");
        scenario.given(of.created, bobRegistered).when(bobInvitesHimself).thenRejected(FORBIDDEN, "forbidden");
    }
}
