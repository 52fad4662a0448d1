package app.veza.server.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.eventstore.AppendRequest;
import app.veza.eventstore.EventLog;
import app.veza.eventstore.NewEvent;
import app.veza.eventstore.Tag;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What comes into an inbox is told at once to whoever's it is, wherever they are. Events are appended as whoever raises them does. */
class SocketNotificationTest extends SocketJourney {

    private static final Duration SOON = Duration.ofSeconds(60);

    private static void append(String name, Person person, String notification, String more) {
        product.part(EventLog.class)
                .append(AppendRequest.of(new NewEvent(
                        UUID.randomUUID().toString(),
                        "notification." + name,
                        "1",
                        Instant.now(),
                        List.of(new Tag("person", person.id()), new Tag("notification", notification)),
                        Map.of(),
                        "{\"personId\":\"%s\",%s}".formatted(person.id(), more).getBytes(UTF_8))))
                .join();
    }

    /** @return the id of the notification */
    private static String raise(Person person, String kind, Person actor, String room) {
        String id = UUID.randomUUID().toString();
        append("NotificationRaised", person, id, """
                "notificationId":"%s","kind":"%s","actorId":"%s","roomId":"%s"
                """.formatted(id, kind, actor.id(), room));
        return id;
    }

    private static void choose(Person person, String kind, boolean wanted) {
        append("NotificationPreferenceChanged", person, "none", """
                "kind":"%s","channel":"INBOX","wanted":%s""".formatted(kind, wanted));
    }

    private static List<JsonNode> notifications(Socket socket) {
        return socket.events().stream()
                .filter(event -> event.path("type").asString().equals("notification"))
                .toList();
    }

    private static List<String> ids(Socket socket) {
        return notifications(socket).stream()
                .map(event -> event.at("/notification/id").asString())
                .toList();
    }

    private static void awaitIds(Socket socket, String... ids) {
        await().atMost(SOON).untilAsserted(() -> assertThat(ids(socket)).containsExactly(ids));
    }

    @Test
    void isToldToAllSocketsOfThePersonAtEveryNodeAsTheInboxHasIt(@TempDir Path second) {
        Person anna = person();
        Person ben = person();
        String room = room(anna, "private", ben);
        try (Product another = product.anotherNode(second)) {
            Socket phone = socket(ben);
            Socket laptop = socket(ben);
            Socket elsewhere = socket(ben, another);
            Socket annas = socket(anna);
            List.of(phone, laptop, elsewhere, annas).forEach(socket -> accepted(socket.ask("ping", Map.of())));

            String mention = raise(ben, "MENTION", anna, room);

            awaitIds(phone, mention);
            awaitIds(laptop, mention);
            awaitIds(elsewhere, mention);
            JsonNode told = notifications(phone).getFirst();
            assertThat(told.path("roomId").asString()).isEqualTo(room);
            String position = told.path("position").toString();
            JsonNode inbox = ben.client()
                    .get("/api/notifications", "Veza-Min-Position", position)
                    .body();
            assertThat(inbox.at("/items/0")).isEqualTo(told.path("notification"));
            assertThat(inbox.at("/items/0/actor/username").asString()).isEqualTo(anna.username());

            laptop.close();
            elsewhere.close();
            String reply = raise(ben, "REPLY", anna, room);
            awaitIds(phone, mention, reply);
            assertThat(ids(annas)).isEmpty();
        }
    }

    @Test
    void whatThePersonDoesNotWantInTheirInboxIsNotToldUnlessItIsAboutTheirSecurity() {
        Person anna = person();
        Person ben = person();
        String room = room(anna, "private", ben);
        Socket bens = socket(ben);
        accepted(bens.ask("ping", Map.of()));

        choose(ben, "REPLY", false);
        choose(ben, "SECURITY", false);
        raise(ben, "REPLY", anna, room);
        String mention = raise(ben, "MENTION", anna, room);
        String security = raise(ben, "SECURITY", ben, room);
        choose(ben, "REPLY", true);
        String reply = raise(ben, "REPLY", anna, room);

        awaitIds(bens, mention, security, reply);
    }
}
