package app.veza.bench.projection;

import static org.assertj.core.api.Assertions.assertThat;

import app.veza.event.VezaEvent;
import app.veza.event.identity.LoggedIn;
import app.veza.event.identity.LoginFailed;
import app.veza.event.identity.PersonErased;
import app.veza.event.identity.PersonRegistered;
import app.veza.event.identity.ProfileChanged;
import app.veza.event.identity.SessionEnded;
import app.veza.event.identity.SessionRefreshed;
import app.veza.event.notification.NotificationDelivered;
import app.veza.event.notification.NotificationFailed;
import app.veza.event.notification.NotificationPreferenceChanged;
import app.veza.event.notification.NotificationRaised;
import app.veza.event.notification.NotificationRead;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Who is there, their sessions, and what they were told of. */
final class FoldedPeople {

    private final Set<UUID> there = new HashSet<>();
    private final Set<UUID> erased = new HashSet<>();
    private final Map<UUID, UUID> sessions = new HashMap<>();
    private final Map<UUID, UUID> unsent = new HashMap<>();
    private final Map<UUID, UUID> unread = new HashMap<>();

    void isThere(UUID person) {
        assertThat(there).contains(person);
    }

    boolean areThere(UUID person) {
        return there.contains(person);
    }

    void isErased(UUID person) {
        assertThat(erased).contains(person);
    }

    /** @return whether it tells of people */
    boolean apply(VezaEvent event) {
        switch (event) {
            case PersonRegistered registered ->
                assertThat(there.add(registered.personId())).isTrue();
            case ProfileChanged changed -> isThere(changed.personId());
            case LoginFailed failed -> isThere(failed.personId());
            case LoggedIn login -> {
                isThere(login.personId());
                assertThat(sessions.put(login.sessionId(), login.personId())).isNull();
            }
            case SessionRefreshed session ->
                assertThat(sessions).containsEntry(session.sessionId(), session.personId());
            case SessionEnded session ->
                assertThat(sessions.remove(session.sessionId())).isEqualTo(session.personId());
            case PersonErased gone -> {
                assertThat(there.remove(gone.personId())).isTrue();
                assertThat(erased.add(gone.personId())).isTrue();
                assertThat(sessions).doesNotContainValue(gone.personId());
            }
            case NotificationRaised raised -> {
                isThere(raised.personId());
                assertThat(raised.actorId()).isNotEqualTo(raised.personId());
                unsent.put(raised.notificationId(), raised.personId());
                assertThat(unread.put(raised.notificationId(), raised.personId()))
                        .isNull();
            }
            case NotificationDelivered sent ->
                assertThat(unsent.remove(sent.notificationId())).isEqualTo(sent.personId());
            case NotificationFailed sent ->
                assertThat(unsent.remove(sent.notificationId())).isEqualTo(sent.personId());
            case NotificationRead read -> {
                isThere(read.personId());
                assertThat(unread.remove(read.notificationId())).isEqualTo(read.personId());
            }
            case NotificationPreferenceChanged changed -> isThere(changed.personId());
            default -> {
                return false;
            }
        }
        return true;
    }
}
