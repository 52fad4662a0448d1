package app.veza.bench.projection;

import app.veza.event.VezaEvent;
import app.veza.event.notification.NotificationChannel;
import app.veza.event.notification.NotificationDelivered;
import app.veza.event.notification.NotificationFailed;
import app.veza.event.notification.NotificationKind;
import app.veza.event.notification.NotificationPreferenceChanged;
import app.veza.event.notification.NotificationRaised;
import app.veza.event.notification.NotificationRead;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What people are told of, and whether they look at it. */
final class Notices {

    private static final List<NotificationKind> REFUSABLE =
            List.of(NotificationKind.MENTION, NotificationKind.REPLY, NotificationKind.STREAM_LIVE);
    private static final List<NotificationChannel> CHANNELS =
            List.of(NotificationChannel.INBOX, NotificationChannel.PUSH, NotificationChannel.EMAIL);

    private record Unread(UUID notification, UUID person) {}

    private final Course course;
    private final People people;
    private final List<Unread> unread = new ArrayList<>();

    Notices(Course course, People people) {
        this.course = course;
        this.people = people;
    }

    void raised(NotificationKind kind, UUID person, UUID actor, UUID room, UUID message) {
        raised(new NotificationRaised(course.newId(), person, kind, actor, room, message, null));
    }

    void live(UUID person, UUID broadcaster, UUID stream) {
        raised(new NotificationRaised(
                course.newId(), person, NotificationKind.STREAM_LIVE, broadcaster, null, null, stream));
    }

    /** Nearly all of it reaches them. */
    private void raised(NotificationRaised raised) {
        course.thenComes(raised);
        NotificationChannel channel = CHANNELS.get(course.skewed(CHANNELS.size()));
        if (channel != NotificationChannel.INBOX && course.onceIn(4)) {
            course.thenComes(new NotificationFailed(
                    raised.notificationId(), raised.personId(), channel, 5, "The address is unknown"));
        } else {
            course.thenComes(new NotificationDelivered(
                    raised.notificationId(), raised.personId(), channel, 1 + course.skewed(3)));
        }
        unread.add(new Unread(raised.notificationId(), raised.personId()));
    }

    List<VezaEvent> read() {
        if (unread.isEmpty()) {
            return List.of();
        }
        // mostly of the newest; the oldest are never looked at
        Unread one = unread.remove(unread.size() - 1 - course.skewed(unread.size()));
        return List.of(new NotificationRead(one.notification(), one.person()));
    }

    List<VezaEvent> preferred() {
        return List.of(new NotificationPreferenceChanged(
                people.anybody(), course.any(REFUSABLE), course.any(CHANNELS), course.onceIn(3)));
    }

    void forget(UUID erased) {
        unread.removeIf(one -> one.person().equals(erased));
    }
}
