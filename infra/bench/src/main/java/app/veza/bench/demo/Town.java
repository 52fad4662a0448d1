package app.veza.bench.demo;

import app.veza.bench.demo.DemoClient.Answer;
import app.veza.bench.projection.RealisticHistory;
import app.veza.event.VezaEvent;
import app.veza.event.chat.MemberBanned;
import app.veza.event.chat.MemberJoined;
import app.veza.event.chat.MemberLeft;
import app.veza.event.chat.MemberMuted;
import app.veza.event.chat.MemberUnbanned;
import app.veza.event.chat.MemberUnmuted;
import app.veza.event.chat.MessageDeleted;
import app.veza.event.chat.MessageEdited;
import app.veza.event.chat.MessageRead;
import app.veza.event.chat.MessageSent;
import app.veza.event.chat.ReactionAdded;
import app.veza.event.chat.ReactionRemoved;
import app.veza.event.chat.RoomCreated;
import app.veza.event.chat.Visibility;
import app.veza.event.identity.PersonRegistered;
import app.veza.event.identity.ProfileChanged;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Lets a small invented history happen on a platform, by the public API and as its people would do it. What is said and done has a key that
 * is the same in each run, so that whoever runs it again adds nothing but log-ins.
 */
final class Town {

    static final String PASSWORD = "harbour-lights-at-ten";

    private static final RealisticHistory.Size SIZE = new RealisticHistory.Size(8, 4, false);
    private static final long SEED = 1957;
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final List<String> ROOMS = List.of("Harbour", "Late set", "Record swap", "Kitchen table");

    private final DemoClient anonymous;
    private final int messages;
    private final Consumer<String> tell;
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
            happens(event);
        }
    }

    private void happens(VezaEvent event) throws InterruptedException {
        switch (event) {
            case PersonRegistered person -> people.put(person.personId(), enter(person));
            case ProfileChanged profile -> {
                command(profile.personId(), "PATCH", "/api/me", Map.of("displayName", profile.displayName()));
                people.replace(profile.personId(), person(profile.personId()).named(profile.displayName()));
            }
            case RoomCreated room -> rooms.put(room.roomId(), open(room));
            case MemberJoined joined -> join(joined);
            case MemberLeft left -> leave(left);
            case MemberMuted muted -> mute(muted);
            case MemberUnmuted muted -> unmute(muted);
            case MemberBanned ban ->
                inRoom(
                        ban.roomId(),
                        ban.bannedBy(),
                        "PUT",
                        "/bans/" + person(ban.personId()).id());
            case MemberUnbanned ban ->
                inRoom(
                        ban.roomId(),
                        ban.unbannedBy(),
                        "DELETE",
                        "/bans/" + person(ban.personId()).id());
            case MessageSent message -> {
                if (leftOut-- <= 0) {
                    say(message);
                }
            }
            case MessageEdited edited ->
                ofMessage(
                        edited.roomId(),
                        edited.messageId(),
                        edited.authorId(),
                        "PATCH",
                        "",
                        Map.of("text", text(edited.text(), edited.mentions())));
            case MessageDeleted gone ->
                ofMessage(gone.roomId(), gone.messageId(), gone.deletedBy(), "DELETE", "", null);
            case ReactionAdded reaction ->
                ofMessage(
                        reaction.roomId(),
                        reaction.messageId(),
                        reaction.personId(),
                        "PUT",
                        of(reaction.emoji()),
                        null);
            case ReactionRemoved reaction ->
                ofMessage(
                        reaction.roomId(),
                        reaction.messageId(),
                        reaction.personId(),
                        "DELETE",
                        of(reaction.emoji()),
                        null);
            case MessageRead read -> read(read);
            default -> {
                // log-ins are those of the demo itself, the broadcast has a sound of its own, and what people are told
                // of is the
                // platform's to say; nobody is erased in a town that does not grow
            }
        }
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
        String name = ROOMS.get(rooms.size() % ROOMS.size());
        boolean open = created.visibility() == Visibility.PUBLIC;
        Map<String, Object> body = new HashMap<>(Map.of("name", name, "visibility", open ? "public" : "private"));
        if (created.topic() != null) {
            body.put("topic", created.topic());
        }
        String id = command(created.creatorId(), "POST", "/api/rooms", body)
                .path("roomId")
                .asString();
        tell.accept("Room " + name);
        return new Room(id, name, open, created.creatorId());
    }

    private void join(MemberJoined joined) throws InterruptedException {
        Room room = room(joined.roomId());
        if (room.members.add(joined.personId()) && !joined.personId().equals(room.owner)) {
            inRoom(
                    joined.roomId(),
                    joined.addedBy(),
                    "PUT",
                    "/members/" + person(joined.personId()).id());
        }
    }

    /** Whom a ban took out is out already. */
    private void leave(MemberLeft left) throws InterruptedException {
        room(left.roomId()).members.remove(left.personId());
        if (left.removedBy().equals(left.personId())) {
            inRoom(left.roomId(), left.personId(), "DELETE", "/members/me");
        }
    }

    /** One that has an end ended in the time of the history: here that is past. */
    private void mute(MemberMuted muted) throws InterruptedException {
        if (muted.until() == null && room(muted.roomId()).muted.add(muted.personId())) {
            inRoom(
                    muted.roomId(),
                    muted.mutedBy(),
                    "PUT",
                    "/mutes/" + person(muted.personId()).id());
        }
    }

    private void unmute(MemberUnmuted muted) throws InterruptedException {
        if (room(muted.roomId()).muted.remove(muted.personId())) {
            inRoom(
                    muted.roomId(),
                    muted.unmutedBy(),
                    "DELETE",
                    "/mutes/" + person(muted.personId()).id());
        }
    }

    private void say(MessageSent message) throws InterruptedException {
        Room room = room(message.roomId());
        Map<String, Object> body = new HashMap<>(Map.of(
                "text", text(message.text(), message.mentions()), "clientMessageId", "demo-" + message.messageId()));
        if (message.replyTo() != null && said.containsKey(message.replyTo())) {
            body.put("replyTo", said.get(message.replyTo()));
        }
        String id = person(message.senderId())
                .client()
                .command("POST", "/api/rooms/%s/messages".formatted(room.id), body, null)
                .path("messageId")
                .asString();
        said.put(message.messageId(), id);
        room.said++;
        tell.accept("%d messages".formatted(said.size()));
    }

    private String text(String written, List<UUID> mentions) {
        StringBuilder text = new StringBuilder(written);
        mentions.forEach(id -> text.append(" @").append(person(id).username()));
        return text.toString();
    }

    private static String of(String emoji) {
        return "/reactions/" + URLEncoder.encode(emoji, StandardCharsets.UTF_8);
    }

    private void read(MessageRead read) throws InterruptedException {
        if (said.containsKey(read.messageId())) {
            command(
                    read.personId(),
                    "POST",
                    "/api/rooms/%s/read".formatted(room(read.roomId()).id),
                    Map.of("messageId", said.get(read.messageId())));
        }
    }

    /** Nothing, where the message is one of those that were left out. */
    private void ofMessage(UUID room, UUID message, UUID by, String method, String what, @Nullable Map<String, ?> body)
            throws InterruptedException {
        if (said.containsKey(message)) {
            command(by, method, "/api/rooms/%s/messages/%s%s".formatted(room(room).id, said.get(message), what), body);
        }
    }

    private void inRoom(UUID room, UUID by, String method, String what) throws InterruptedException {
        command(by, method, "/api/rooms/" + room(room).id + what, null);
    }

    private JsonNode command(UUID by, String method, String path, @Nullable Map<String, ?> body)
            throws InterruptedException {
        return person(by).client().command(method, path, body, "town-" + number);
    }

    private Person person(UUID id) {
        return Objects.requireNonNull(people.get(id), "Somebody unknown does something");
    }

    private Room room(UUID id) {
        return Objects.requireNonNull(rooms.get(id), "Something happens in an unknown room");
    }
}
