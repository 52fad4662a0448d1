package app.veza.bench.demo;

import app.veza.bench.demo.DemoClient.Answer;
import app.veza.bench.projection.RealisticHistory;
import app.veza.event.VezaEvent;
import app.veza.event.chat.MemberJoined;
import app.veza.event.chat.MemberLeft;
import app.veza.event.chat.MessageSent;
import app.veza.event.chat.RoomCreated;
import app.veza.event.chat.Visibility;
import app.veza.event.identity.PersonRegistered;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * Lets a small invented history happen on a platform, by the public API and as its people would do it. What is said and done has a key that
 * is the same in each run, so that whoever runs it again adds nothing.
 */
final class Town {

    static final String PASSWORD = "harbour-lights-at-ten";

    private static final RealisticHistory.Size SIZE = new RealisticHistory.Size(8, 4, false);
    private static final long SEED = 1957;
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final List<String> ROOMS = List.of("Harbour", "Late set", "Record swap", "Kitchen table");
    private static final List<String> EMOJI = List.of("👍", "❤️", "🔥", "😂", "🎶");
    private static final String MESSAGES = "/api/rooms/%s/messages";

    private static final class Room {
        final String id;
        final String name;
        final boolean open;
        final Person owner;
        final Set<Person> members = new LinkedHashSet<>();
        int said;
        String last = "";

        Room(String id, String name, boolean open, Person owner) {
            this.id = id;
            this.name = name;
            this.open = open;
            this.owner = owner;
        }
    }

    private final DemoClient anonymous;
    private final int messages;
    private final Consumer<String> tell;
    private final Random random = new Random(SEED);
    private final Map<UUID, Person> people = new LinkedHashMap<>();
    private final Map<UUID, Room> rooms = new LinkedHashMap<>();
    private final Map<UUID, String> said = new HashMap<>();
    private int number;
    private long leftOut;

    /** @param messages of the history, the newest of it, that are said */
    Town(URI http, int messages, Consumer<String> tell) {
        this.anonymous = new DemoClient(http);
        this.messages = messages;
        this.tell = tell;
    }

    void live() throws InterruptedException {
        RealisticHistory history = new RealisticHistory(SIZE, SEED, BEGIN, Duration.ofMinutes(3));
        List<VezaEvent> events = new ArrayList<>();
        // most of what happens are messages, and those before the newest are left out
        while (events.size() < 4 * messages + 100) {
            events.addAll(history.next().events());
        }
        leftOut = events.stream().filter(MessageSent.class::isInstance).count() - messages;
        for (VezaEvent event : events) {
            number++;
            switch (event) {
                case PersonRegistered person -> people.put(person.personId(), enter(person));
                case RoomCreated room -> rooms.put(room.roomId(), open(room));
                case MemberJoined joined -> join(joined);
                case MemberLeft member -> leave(member);
                case MessageSent message -> {
                    if (leftOut-- <= 0) {
                        say(message);
                    }
                }
                default -> {
                    // log-ins are those of the demo itself; the broadcast has a sound of its own
                }
            }
        }
        read();
    }

    List<Person> people() {
        return List.copyOf(people.values());
    }

    List<String> rooms() {
        return rooms.values().stream()
                .map(room -> "%s (%s, %d people, %d messages)"
                        .formatted(room.name, room.open ? "public" : "private", room.members.size(), room.said))
                .toList();
    }

    private Person enter(PersonRegistered person) throws InterruptedException {
        String username = person.username();
        String displayName = username.substring(0, 1).toUpperCase(Locale.ROOT)
                + username.substring(1).replaceAll("[0-9]", "");
        Answer login = login(username);
        if (login.status() == 401) {
            Map<String, String> account = Map.of(
                    "username", username, "email", person.email(), "password", PASSWORD, "displayName", displayName);
            Answer registered = anonymous.send("POST", "/auth/register", account, null);
            if (registered.status() == 409) {
                throw new IllegalStateException(
                        "Somebody else is called '%s' on this platform already: let the demo live on one of its own, with --data"
                                .formatted(username));
            }
            if (registered.status() != 201) {
                throw DemoClient.refused("POST", "/auth/register", registered);
            }
            login = login(username);
        }
        if (login.status() != 200) {
            throw DemoClient.refused("POST", "/auth/login", login);
        }
        JsonNode user = login.body().path("user");
        tell.accept(displayName + " is there");
        return new Person(user.path("id").asString(), username, displayName, anonymous.as(login.text("accessToken")));
    }

    private Answer login(String username) throws InterruptedException {
        return anonymous.send("POST", "/auth/login", Map.of("username", username, "password", PASSWORD), null);
    }

    private Room open(RoomCreated created) throws InterruptedException {
        Person owner = person(created.creatorId());
        String name = ROOMS.get(rooms.size() % ROOMS.size());
        boolean open = created.visibility() == Visibility.PUBLIC;
        Map<String, Object> body = new HashMap<>(Map.of("name", name, "visibility", open ? "public" : "private"));
        if (created.topic() != null) {
            body.put("topic", created.topic());
        }
        String id = owner.client()
                .command("POST", "/api/rooms", body, key())
                .path("roomId")
                .asString();
        tell.accept("Room " + name);
        return new Room(id, name, open, owner);
    }

    /** Into a private room by its owner's invitation. */
    private void join(MemberJoined joined) throws InterruptedException {
        Room room = room(joined.roomId());
        Person person = person(joined.personId());
        if (room.members.add(person) && person != room.owner) {
            Person opens = room.open ? person : room.owner;
            opens.client().command("PUT", "/api/rooms/%s/members/%s".formatted(room.id, person.id()), null, key());
        }
    }

    private void leave(MemberLeft left) throws InterruptedException {
        Room room = room(left.roomId());
        Person person = person(left.personId());
        room.members.remove(person);
        person.client().command("DELETE", "/api/rooms/%s/members/me".formatted(room.id), null, key());
    }

    private void say(MessageSent message) throws InterruptedException {
        Room room = room(message.roomId());
        StringBuilder text = new StringBuilder(message.text());
        message.mentions().forEach(id -> text.append(" @").append(person(id).username()));
        Map<String, Object> body =
                new HashMap<>(Map.of("text", text.toString(), "clientMessageId", "demo-" + message.messageId()));
        if (message.replyTo() != null && said.containsKey(message.replyTo())) {
            body.put("replyTo", said.get(message.replyTo()));
        }
        String id = person(message.senderId())
                .client()
                .command("POST", MESSAGES.formatted(room.id), body, null)
                .path("messageId")
                .asString();
        said.put(message.messageId(), id);
        room.last = id;
        room.said++;
        react(room, id);
        tell.accept("%d messages".formatted(said.size()));
    }

    /** Now and then somebody does, sometimes several. */
    private void react(Room room, String message) throws InterruptedException {
        for (Person member : room.members) {
            if (random.nextInt(6) == 0) {
                String emoji = EMOJI.get(random.nextInt(EMOJI.size()));
                member.client()
                        .command(
                                "PUT",
                                MESSAGES.formatted(room.id) + "/" + message + "/reactions/"
                                        + java.net.URLEncoder.encode(emoji, java.nio.charset.StandardCharsets.UTF_8),
                                null,
                                key() + "-" + emoji.codePointAt(0));
            }
        }
    }

    /** Half of them have seen everything, the others find something unread. */
    private void read() throws InterruptedException {
        for (Room room : rooms.values()) {
            int member = 0;
            for (Person person : room.members) {
                if (member++ % 2 == 0 && !room.last.isEmpty()) {
                    person.client()
                            .command(
                                    "POST",
                                    "/api/rooms/%s/read".formatted(room.id),
                                    Map.of("messageId", room.last),
                                    "demo-read-" + room.last);
                }
            }
        }
    }

    private String key() {
        return "demo-" + number;
    }

    private Person person(UUID id) {
        return java.util.Objects.requireNonNull(people.get(id), "Somebody unknown does something");
    }

    private Room room(UUID id) {
        return java.util.Objects.requireNonNull(rooms.get(id), "Something happens in an unknown room");
    }
}
