package app.veza.server.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.server.journey.Client.Answer;
import app.veza.stores.Redis;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Who is there, as those see it who may. */
class PresenceTest extends SocketJourney {

    private static final Duration SOON = Duration.ofSeconds(60);

    private static JsonNode watch(Socket socket, Person... people) {
        return accepted(socket.ask(
                "presence.watch",
                Map.of("userIds", Arrays.stream(people).map(Person::id).toList())));
    }

    private static List<String> watched(JsonNode ack) {
        return ack.path("userIds").valueStream().map(JsonNode::asString).toList();
    }

    /** What was told of the person, in order. */
    private static List<JsonNode> told(Socket socket, Person person) {
        return socket.events().stream()
                .filter(event -> event.path("userId").asString("").equals(person.id()))
                .toList();
    }

    private static List<String> types(Socket socket, Person person) {
        return told(socket, person).stream()
                .map(event -> event.path("type").asString())
                .toList();
    }

    private static void awaitTypes(Socket socket, Person person, String... types) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(types(socket, person)).containsExactly(types));
    }

    /** A socket of theirs, once its coming was told. */
    private Socket arrived(Person person) {
        Socket socket = socket(person);
        watch(socket, person);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(types(socket, person)).endsWith("user.online"));
        return socket;
    }

    @Test
    void whoWatchesIsToldHowItIsAndWhatChanges() {
        Person anna = person();
        Person ben = person();
        room(anna, "private", ben);
        Socket annas = socket(anna);

        assertThat(watched(watch(annas, ben))).containsExactly(ben.id());
        awaitTypes(annas, ben, "user.offline");
        assertThat(told(annas, ben).getFirst().has("lastSeenAt"))
                .as("was never there")
                .isFalse();
        Instant before = Instant.now().minusSeconds(1);
        Socket phone = socket(ben);
        awaitTypes(annas, ben, "user.offline", "user.online");

        phone.close();
        awaitTypes(annas, ben, "user.offline", "user.online", "user.offline");
        JsonNode gone = told(annas, ben).getLast();
        assertThat(Instant.parse(gone.path("lastSeenAt").asString())).isBetween(before, Instant.now());
        assertThat(gone.has("position")).isFalse();
        Socket late = socket(anna);
        watch(late, ben);
        await().atMost(SOON).untilAsserted(() -> assertThat(told(late, ben)).containsExactly(gone));
    }

    @Test
    void nothingIsKeptOfWhoIsErasedWhileTheyAreThere() {
        Person anna = person();
        Person ben = person();
        Person carl = person();
        room(anna, "private", ben, carl);
        Socket annas = socket(anna);
        arrived(ben);
        assertThat(kept(ben)).isNotEmpty();

        assertThat(ben.client().send("DELETE", "/api/me", null).status()).isEqualTo(202);
        // what comes and goes after them is stored after them
        watch(annas, carl);
        Socket carls = socket(carl);
        awaitTypes(annas, carl, "user.offline", "user.online");
        carls.close();
        awaitTypes(annas, carl, "user.offline", "user.online", "user.offline");
        await().atMost(SOON).untilAsserted(() -> assertThat(kept(ben)).isEmpty());
        assertThat(kept(carl)).as("who was there and is somebody").isNotEmpty();
    }

    /** Keys of presence that tell of the person. */
    private static List<String> kept(Person person) {
        var redis = product.part(Redis.class).connection().sync();
        return redis.keys("*presence*").stream()
                .filter(key ->
                        key.endsWith(person.id()) || redis.type(key).equals("set") && redis.sismember(key, person.id()))
                .toList();
    }

    @Test
    void aPersonIsThereWhileAnyOfTheirDevicesIsAndWasNotGoneWhenBackAtOnce() {
        Person anna = person();
        Person ben = person();
        Person carl = person();
        room(anna, "private", ben, carl);
        Socket annas = socket(anna);
        Socket phone = arrived(ben);
        watch(annas, ben, carl);
        awaitTypes(annas, ben, "user.online");

        Socket laptop = socket(ben);
        phone.close();
        Socket again = socket(ben);
        laptop.close();
        // what comes and goes after all that is told after it
        Socket carls = socket(carl);
        awaitTypes(annas, carl, "user.offline", "user.online");
        carls.close();
        awaitTypes(annas, carl, "user.offline", "user.online", "user.offline");
        assertThat(types(annas, ben)).containsExactly("user.online");

        again.close();
        awaitTypes(annas, ben, "user.online", "user.offline");
    }

    @Test
    void onlyWhoSharesARoomAndBlocksNobodySeesIt() {
        Person anna = person();
        Person ben = person();
        Person stranger = person();
        String room = room(anna, "public", ben);
        Socket annas = arrived(anna);
        Socket bens = arrived(ben);
        Socket strangers = arrived(stranger);

        assertThat(watched(watch(strangers, anna, ben, stranger))).containsExactly(stranger.id());
        assertThat(watched(watch(annas, ben, stranger))).containsExactly(ben.id());
        watch(bens, anna);
        awaitTypes(annas, ben, "user.online");
        awaitTypes(bens, anna, "user.online");

        Answer blocked = ben.client().send("PUT", "/api/users/" + anna.id() + "/block", null);
        assertThat(blocked.status()).as(blocked.toString()).isEqualTo(204);
        awaitTypes(annas, ben, "user.online", "user.offline");
        awaitTypes(bens, anna, "user.online", "user.offline");
        assertThat(told(annas, ben).getLast().has("lastSeenAt")).isFalse();
        assertThat(watched(watch(annas, ben))).isEmpty();
        Answer unblocked = ben.client().send("DELETE", "/api/users/" + anna.id() + "/block", null);
        assertThat(unblocked.status()).as(unblocked.toString()).isEqualTo(204);
        assertThat(watched(watch(annas, ben))).containsExactly(ben.id());
        awaitTypes(annas, ben, "user.online", "user.offline", "user.online");

        Answer left = ben.client().send("DELETE", "/api/rooms/" + room + "/members/me", null);
        assertThat(left.status()).as(left.toString()).isBetween(200, 299);
        awaitTypes(annas, ben, "user.online", "user.offline", "user.online", "user.offline");
        bens.close();
        assertThat(types(strangers, ben)).isEmpty();
        assertThat(types(strangers, anna)).isEmpty();
    }

    @Test
    void aListReplacesTheOneBefore() {
        Person anna = person();
        Person ben = person();
        Person carl = person();
        room(anna, "private", ben, carl);
        Socket annas = socket(anna);
        watch(annas, ben, carl);
        awaitTypes(annas, ben, "user.offline");
        awaitTypes(annas, carl, "user.offline");

        watch(annas, carl);
        awaitTypes(annas, carl, "user.offline", "user.offline");
        socket(ben);
        socket(carl);
        awaitTypes(annas, carl, "user.offline", "user.offline", "user.online");
        assertThat(types(annas, ben)).containsExactly("user.offline");

        assertThat(problem(annas.ask("presence.watch", Map.of()))).isEqualTo("invalid");
        assertThat(problem(annas.ask("presence.watch", Map.of("userIds", List.of("ben")))))
                .isEqualTo("invalid");
        List<String> many = IntStream.range(0, 501).mapToObj(i -> ben.id()).toList();
        assertThat(problem(annas.ask("presence.watch", Map.of("userIds", many))))
                .isEqualTo("invalid");
    }

    @Test
    void itMakesNoDifferenceAtWhichNodeSomebodyIs(@TempDir Path second) {
        Person anna = person();
        Person ben = person();
        String room = room(anna, "private", ben);
        try (Product another = product.anotherNode(second)) {
            Socket here = socket(anna);
            watch(here, ben);
            awaitTypes(here, ben, "user.offline");
            Socket there = socket(ben, another);
            watch(there, anna);
            awaitTypes(here, ben, "user.offline", "user.online");
            // A node that has just started may not have heard of her yet
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(types(there, anna)).endsWith("user.online"));

            follow(here, room);
            await().atMost(SOON).untilAsserted(() -> {
                accepted(there.ask("typing.start", Map.of("roomId", room)));
                assertThat(here.events())
                        .extracting(event -> event.path("type").asString())
                        .contains("typing");
            });
            Socket alsoHere = socket(ben);
            assertThat(alsoHere.ask("ping", Map.of()).path("type").asString()).isEqualTo("ack");
            // the node stops: whoever is nowhere else is gone, and ben is still here
            another.close();
            Socket late = socket(anna);
            watch(late, ben);
            awaitTypes(late, ben, "user.online");
            alsoHere.close();
            awaitTypes(here, ben, "user.offline", "user.online", "user.offline");
        }
    }
}
