package app.veza.bench.projection;

import app.veza.event.VezaEvent;
import app.veza.event.identity.LoggedIn;
import app.veza.event.identity.LoginFailed;
import app.veza.event.identity.PersonErased;
import app.veza.event.identity.PersonRegistered;
import app.veza.event.identity.ProfileChanged;
import app.veza.event.identity.SessionEnded;
import app.veza.event.identity.SessionRefreshed;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Who is there, and their sessions. */
final class People {

    private static final Duration SESSION = Duration.ofDays(30);
    private static final String AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
    private static final String HASH = "n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg";
    private static final String PASSWORD_HASH =
            "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2E$J6iS3mFqZ0Hh1mGq8mO0o8bq3a0l5Z8oY3C8Jj0Qe2U";

    private record Session(UUID id, UUID person) {}

    private final Course course;
    private final Texts texts;
    private final List<UUID> people = new ArrayList<>();
    private final Deque<Session> sessions = new ArrayDeque<>();
    private int registered;

    People(Course course, Texts texts) {
        this.course = course;
        this.texts = texts;
    }

    int count() {
        return people.size();
    }

    UUID anybody() {
        return course.any(people);
    }

    List<VezaEvent> registered() {
        UUID id = course.newId();
        people.add(id);
        String name = texts.name(++registered);
        return List.of(new PersonRegistered(
                id,
                name,
                name.toLowerCase(Locale.ROOT),
                name + " " + registered,
                name + "@example.org",
                PASSWORD_HASH));
    }

    List<VezaEvent> renamed() {
        return List.of(new ProfileChanged(anybody(), texts.displayName()));
    }

    List<VezaEvent> loggedIn() {
        Session session = new Session(course.newId(), anybody());
        sessions.addLast(session);
        return List.of(new LoggedIn(
                session.id(),
                session.person(),
                address(),
                AGENT,
                HASH,
                course.now().plus(SESSION)));
    }

    List<VezaEvent> loginFailed() {
        return List.of(new LoginFailed(anybody(), address(), AGENT));
    }

    private String address() {
        return "2001:db8::" + course.below(9999);
    }

    /** The oldest session is refreshed and becomes the youngest, or ends. */
    List<VezaEvent> session() {
        if (sessions.isEmpty()) {
            return List.of();
        }
        Session session = sessions.removeFirst();
        if (course.onceIn(3)) {
            return List.of(ended(session, SessionEnded.Reason.LOGGED_OUT));
        }
        sessions.addLast(session);
        return List.of(new SessionRefreshed(session.id(), session.person(), HASH));
    }

    /** Their sessions end, and the erasure comes last. */
    List<VezaEvent> erased(UUID person) {
        people.remove(person);
        List<VezaEvent> events = new ArrayList<>();
        sessions.removeIf(session ->
                session.person().equals(person) && events.add(ended(session, SessionEnded.Reason.PERSON_ERASED)));
        events.add(new PersonErased(person));
        return events;
    }

    private static SessionEnded ended(Session session, SessionEnded.Reason reason) {
        return new SessionEnded(session.id(), session.person(), reason, session.person());
    }
}
