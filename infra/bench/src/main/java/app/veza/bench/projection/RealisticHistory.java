package app.veza.bench.projection;

import app.veza.event.VezaEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What a platform lives through, without end: people come, open rooms of very different sizes, talk (a few of them much, and in a few
 * rooms), read, react and think better of what they said, log in and out, are told of what concerns them, listen to who broadcasts, and go.
 * Nothing in it contradicts what went before: who talks is a member and not muted, who leaves had joined, and who is erased does nothing
 * any more. Of a hundred events some 77 are messages. The same seed, start and step give the same history.
 */
public final class RealisticHistory {

    /**
     * @param people who are there before anything else happens
     * @param rooms that they open first
     * @param grows whether people and rooms come later, too, and people go
     */
    public record Size(int people, int rooms, boolean grows) {}

    private static final Size TOWN = new Size(50, 5, true);

    private static final Size HAMLET = new Size(20, 8, true);
    private static final int RESTLESS = 10;

    /** What may happen next, and how often of ten thousand times; all other times somebody says something. */
    private enum Kind {
        READ(700),
        REACTED(480),
        JOINED(260),
        LOGGED_IN(160),
        BROADCAST(140),
        REGISTERED(100),
        SESSION(100),
        EDITED(100),
        NOTICED(70),
        LEFT(60),
        DELETED(50),
        LOGIN_FAILED(30),
        OPENED(20),
        MODERATED(20),
        RENAMED(20),
        PREFERRED(6),
        ERASED(4);

        private static final Set<Kind> TAKING_BACK = EnumSet.of(EDITED, DELETED, LEFT, MODERATED, RENAMED, ERASED);

        private final int times;

        Kind(int times) {
            this.times = times;
        }

        /** @param restless how many times as often something is taken back */
        static Optional<Kind> of(int draw, int restless) {
            int left = draw;
            for (Kind kind : values()) {
                left -= TAKING_BACK.contains(kind) ? restless * kind.times : kind.times;
                if (left < 0) {
                    return Optional.of(kind);
                }
            }
            return Optional.empty();
        }
    }

    private final Size size;
    private final int restless;
    private final Course course;
    private final People people;
    private final Rooms rooms;
    private final Notices notices;
    private final Conversation conversation;
    private final Broadcasts broadcasts;

    /**
     * @param start when it begins
     * @param step mean time from one happening to the next
     */
    RealisticHistory(long seed, Instant start, Duration step) {
        this(TOWN, seed, start, step);
    }

    public RealisticHistory(Size size, long seed, Instant start, Duration step) {
        this(size, 1, seed, start, step);
    }

    private RealisticHistory(Size size, int restless, long seed, Instant start, Duration step) {
        this.size = size;
        this.restless = restless;
        this.course = new Course(seed, start, step);
        Texts texts = new Texts(course);
        this.people = new People(course, texts);
        this.rooms = new Rooms(course, people, texts);
        this.notices = new Notices(course, people);
        this.conversation = new Conversation(course, rooms, notices, texts);
        this.broadcasts = new Broadcasts(course, people, notices);
    }

    /** One of few people, who go, are thrown out and change what they said ten times as often as elsewhere. */
    static RealisticHistory restless(long seed, Instant start, Duration step) {
        return new RealisticHistory(HAMLET, RESTLESS, seed, start, step);
    }

    public Happening next() {
        course.goOn();
        return course.happened(events());
    }

    private List<VezaEvent> events() {
        if (course.isFollowed()) {
            return course.whatFollows();
        }
        if (people.count() < size.people()) {
            return people.registered();
        }
        if (rooms.count() < size.rooms()) {
            return rooms.opened();
        }
        List<VezaEvent> events =
                Kind.of(course.below(10_000), restless).map(this::happened).orElse(List.of());
        // what cannot happen just now leaves room for talk, and where nobody may talk, for a room of one's own
        List<VezaEvent> instead = events.isEmpty() ? conversation.said() : events;
        return instead.isEmpty() ? rooms.opened() : instead;
    }

    private List<VezaEvent> happened(Kind kind) {
        return switch (kind) {
            case READ -> conversation.read();
            case REACTED -> conversation.reacted();
            case JOINED -> rooms.joined();
            case LOGGED_IN -> people.loggedIn();
            case BROADCAST -> broadcasts.next();
            case REGISTERED -> size.grows() ? people.registered() : rooms.joined();
            case SESSION -> people.session();
            case EDITED -> conversation.edited();
            case NOTICED -> notices.read();
            case LEFT -> rooms.left();
            case DELETED -> conversation.deleted();
            case LOGIN_FAILED -> people.loginFailed();
            case OPENED -> size.grows() ? rooms.opened() : rooms.joined();
            case MODERATED -> rooms.moderated();
            case RENAMED -> people.renamed();
            case PREFERRED -> notices.preferred();
            case ERASED -> size.grows() ? erased() : List.of();
        };
    }

    /** What of the platform follows an erasure by itself comes behind it. */
    private List<VezaEvent> erased() {
        if (people.count() <= size.people()) {
            return List.of();
        }
        UUID person = people.anybody();
        List<VezaEvent> events = people.erased(person);
        rooms.leaveAll(person);
        broadcasts.leaveAll(person);
        notices.forget(person);
        return events;
    }
}
