package app.veza.bench.projection;

import app.veza.event.VezaEvent;
import app.veza.event.chat.MemberJoined;
import app.veza.event.chat.MemberLeft;
import app.veza.event.chat.MemberRole;
import app.veza.event.chat.MessageSent;
import app.veza.event.chat.RoomCreated;
import app.veza.event.chat.Visibility;
import app.veza.event.identity.LoggedIn;
import app.veza.event.identity.LoginFailed;
import app.veza.event.identity.PersonRegistered;
import app.veza.event.identity.SessionEnded;
import app.veza.event.identity.SessionRefreshed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a platform lives through, without end: people come, open rooms of very different sizes, talk (a few of them much, and in a few
 * rooms), log in and out, and now and then somebody broadcasts. Nothing in it contradicts what went before: who talks is a member, who
 * leaves had joined. Of a hundred events some ninety are messages. The same seed, start and step give the same history.
 */
public final class RealisticHistory {

    private static final Duration SESSION = Duration.ofDays(30);
    private static final String AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
    private static final String HASH = "n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg";
    private static final String PASSWORD_HASH =
            "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2E$J6iS3mFqZ0Hh1mGq8mO0o8bq3a0l5Z8oY3C8Jj0Qe2U";

    /**
     * @param people who are there before anything else happens
     * @param rooms that they open first
     * @param grows whether people and rooms come later, too
     */
    public record Size(int people, int rooms, boolean grows) {}

    private static final Size TOWN = new Size(50, 5, true);

    private record Session(UUID id, UUID person) {}

    /** Members in the order of coming, which is that of talkativeness. */
    private static final class Room {
        final UUID id;
        final List<UUID> members = new ArrayList<>();
        final Set<UUID> present = new HashSet<>();

        @Nullable
        UUID lastMessage;

        Room(UUID id) {
            this.id = id;
        }

        boolean join(UUID person) {
            return present.add(person) && members.add(person);
        }
    }

    private final Size size;
    private final Random random;
    private final Duration step;
    private final Texts texts;
    private final Broadcasts broadcasts;
    private final List<UUID> people = new ArrayList<>();
    private final List<Room> rooms = new ArrayList<>();
    private final Deque<Session> sessions = new ArrayDeque<>();
    private Instant now;

    /**
     * @param start when it begins
     * @param step mean time from one happening to the next
     */
    RealisticHistory(long seed, Instant start, Duration step) {
        this(TOWN, seed, start, step);
    }

    public RealisticHistory(Size size, long seed, Instant start, Duration step) {
        this.size = size;
        this.random = new Random(seed);
        this.now = start;
        this.step = step;
        this.texts = new Texts(random);
        this.broadcasts = new Broadcasts(random);
    }

    public Happening next() {
        now = now.plusNanos((long) (-Math.log(1 - random.nextDouble()) * step.toNanos()));
        return Happening.of(now, events());
    }

    private VezaEvent[] events() {
        if (people.size() < size.people()) {
            return one(registered());
        }
        if (rooms.size() < size.rooms()) {
            return created();
        }
        int kind = random.nextInt(1000);
        if (kind < 12) {
            return one(size.grows() ? registered() : joined());
        } else if (kind < 14) {
            return size.grows() ? created() : one(joined());
        } else if (kind < 50) {
            return one(joined());
        } else if (kind < 58) {
            return one(left());
        } else if (kind < 78) {
            return one(loggedIn());
        } else if (kind < 90 && !sessions.isEmpty()) {
            return one(session());
        } else if (kind < 93) {
            return one(new LoginFailed(anybody(), "2001:db8::" + random.nextInt(9999), AGENT));
        } else if (kind < 105) {
            return one(broadcasts.next(this::newId, this::anybody));
        }
        return one(said());
    }

    private static VezaEvent[] one(VezaEvent event) {
        return new VezaEvent[] {event};
    }

    private VezaEvent registered() {
        UUID id = newId();
        people.add(id);
        String name = texts.name(people.size());
        return new PersonRegistered(
                id,
                name,
                name.toLowerCase(Locale.ROOT),
                name + " " + people.size(),
                name + "@example.org",
                PASSWORD_HASH);
    }

    private VezaEvent[] created() {
        Room room = new Room(newId());
        UUID creator = anybody();
        room.join(creator);
        rooms.add(room);
        boolean open = random.nextInt(4) > 0;
        return new VezaEvent[] {
            new RoomCreated(
                    room.id,
                    creator,
                    "Room " + rooms.size(),
                    open ? texts.shortOne() : null,
                    open ? Visibility.PUBLIC : Visibility.PRIVATE),
            new MemberJoined(room.id, creator, MemberRole.OWNER, creator)
        };
    }

    /** Whoever is a member already says something instead. */
    private VezaEvent joined() {
        Room room = someRoom();
        UUID person = anybody();
        return room.join(person) ? new MemberJoined(room.id, person, MemberRole.MEMBER, person) : said();
    }

    private VezaEvent left() {
        Room room = someRoom();
        if (room.members.size() < 3) {
            return said();
        }
        int index = 1 + random.nextInt(room.members.size() - 1);
        UUID person = room.members.get(index);
        room.members.set(index, room.members.getLast());
        room.members.removeLast();
        room.present.remove(person);
        return new MemberLeft(room.id, person, person);
    }

    private VezaEvent loggedIn() {
        Session session = new Session(newId(), anybody());
        sessions.addLast(session);
        return new LoggedIn(
                session.id(), session.person(), "2001:db8::" + random.nextInt(9999), AGENT, HASH, now.plus(SESSION));
    }

    /** The oldest session is refreshed and becomes the youngest, or ends. */
    private VezaEvent session() {
        Session session = sessions.removeFirst();
        if (random.nextInt(3) == 0) {
            return new SessionEnded(session.id(), session.person(), SessionEnded.Reason.LOGGED_OUT, session.person());
        }
        sessions.addLast(session);
        return new SessionRefreshed(session.id(), session.person(), HASH);
    }

    private VezaEvent said() {
        Room room = someRoom();
        UUID sender = room.members.get(skewed(room.members.size()));
        UUID message = newId();
        String text = texts.message();
        UUID answered = random.nextInt(6) == 0 ? room.lastMessage : null;
        room.lastMessage = message;
        List<UUID> mentions =
                random.nextInt(20) == 0 ? List.of(room.members.get(random.nextInt(room.members.size()))) : List.of();
        return new MessageSent(
                room.id,
                message,
                sender,
                text,
                text.codePointCount(0, text.length()),
                answered,
                message.toString(),
                mentions,
                List.of());
    }

    private Room someRoom() {
        return rooms.get(skewed(rooms.size()));
    }

    private UUID anybody() {
        return people.get(random.nextInt(people.size()));
    }

    /** Few of many get most: a tenth of them some half, the first some more still. */
    private int skewed(int size) {
        double draw = random.nextDouble();
        return (int) (size * draw * draw * draw);
    }

    /** UUIDv7 of the history's own time. */
    private UUID newId() {
        return new UUID(
                now.toEpochMilli() << 16 | 0x7000L | random.nextInt(0x1000),
                random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL | Long.MIN_VALUE);
    }
}
