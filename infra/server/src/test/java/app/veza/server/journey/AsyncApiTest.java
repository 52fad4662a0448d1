package app.veza.server.journey;

import static org.assertj.core.api.Assertions.assertThat;

import app.veza.command.socket.SocketDoor;
import app.veza.server.journey.Client.Answer;
import app.veza.server.openapi.DocumentLinters;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The document of the socket says what the code does. What is sent to clients is checked wherever a test has sockets. */
class AsyncApiTest extends SocketJourney {

    private static final JsonNode DOCUMENT = SocketDocument.whole();

    /** Those that have no door of a use case. */
    private static final List<String> FOLLOWING =
            List.of("ping", "room.subscribe", "room.unsubscribe", "stream.subscribe", "stream.unsubscribe");

    /** Types of the frames that clients send. */
    private static Set<String> sent() {
        return DOCUMENT.path("operations")
                .valueStream()
                .filter(operation -> operation.path("action").asString().equals("receive"))
                .filter(operation -> operation.at("/channel/$ref").asString().equals("#/channels/socket"))
                .map(operation -> operation.at("/messages/0/$ref").asString())
                .map(reference -> reference.substring(reference.lastIndexOf('/') + 1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static ObjectNode example(String type) {
        return ((ObjectNode) DOCUMENT.at("/components/messages").get(type).at("/examples/0/payload")).deepCopy();
    }

    @Test
    void isServedToAnybodyWithTheAddressOfTheSocket() {
        Answer answer = product.anonymous().get("/asyncapi.json");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("asyncapi").asString()).isEqualTo("3.0.0");
        assertThat(answer.body().at("/servers/gateway/protocol").asString()).isEqualTo("ws");
        assertThat(answer.body().at("/servers/gateway/host").asString()).isEqualTo("127.0.0.1");
        assertThat(answer.body().path("components")).isEqualTo(DOCUMENT.path("components"));
    }

    @Test
    void theEventsAreDescribedForOtherPrograms() {
        Answer events = product.anonymous().get("/asyncapi/events.json");

        assertThat(events.status()).isEqualTo(200);
        assertThat(events.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(events.body().path("asyncapi").asString()).isEqualTo("3.0.0");
        assertThat(events.body()
                        .at("/components/messages/chat.MessageSent.v1/examples/0/payload/text")
                        .asString())
                .contains("\ud83d\udc4b");
        assertThat(product.anonymous()
                        .get("/openapi.json")
                        .body()
                        .at("/paths/~1asyncapi~1events.json/get/responses/200/content")
                        .propertyNames())
                .containsExactly("application/json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/asyncapi.json", "/asyncapi/events.json"})
    void isRightByItsLinter(String path) throws IOException {
        ObjectNode served = (ObjectNode) product.anonymous().get(path).body();
        assertThat(problems(served)).isEmpty();

        served.withObject("/operations")
                .valueStream()
                .forEach(operation -> ((ObjectNode) operation).put("action", "shout"));
        assertThat(problems(served)).as("what is not right").isNotEmpty();
    }

    private static List<String> problems(JsonNode document) throws IOException {
        return DocumentLinters.problems(
                "lint-asyncapi.mjs", Files.writeString(directory.resolve("asyncapi.json"), document.toString()));
    }

    /** Names that are fixed outside. */
    @Test
    void hasEveryFrameOfTheContract() {
        Set<String> frames = new TreeSet<>();
        DOCUMENT.at("/components/messages").propertyNames().forEach(frames::add);

        assertThat(frames)
                .contains("room.subscribe", "stream.subscribe", "message.send", "message.edit", "message.delete")
                .contains("reaction.add", "reaction.remove", "read.mark", "typing.start", "typing.stop")
                .contains("presence.watch", "room.unsubscribe", "ping", "ack", "error", "subscribed")
                .contains("message.sent", "message.edited", "message.deleted", "message.read")
                .contains("reaction.added", "reaction.removed", "member.joined", "member.left", "typing")
                .contains("user.online", "user.offline", "notification")
                .contains("stream.started", "stream.stopped", "session.ended");
    }

    @Test
    void tellsHowOneBroadcasts() {
        JsonNode live = DOCUMENT.at("/channels/live");
        assertThat(live.path("address").asString()).isEqualTo("/live/{streamId}");
        assertThat(live.path("description").asString()).contains("4415", "4422", "4408", "4409", "1012");
        Answer created = person().client().post("/api/streams", Map.of("title", "Pier"));
        assertThat(URI.create(created.text("ingestUrl")).getPath())
                .isEqualTo(live.path("address").asString().replace("{streamId}", created.text("streamId")));
    }

    @Test
    void hasEveryFrameThatIsTakenAndNoOther() {
        Set<String> taken = new TreeSet<>(FOLLOWING);
        product.parts(SocketDoor.class).forEach(door -> taken.add(door.frameType()));

        assertThat(sent()).isEqualTo(taken);
    }

    @Test
    void everyReferenceLeadsSomewhereAndEveryExampleIsValid() {
        assertThat(DOCUMENT.findValuesAsString("$ref"))
                .allSatisfy(reference -> assertThat(
                                DOCUMENT.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
        DOCUMENT.at("/components/messages")
                .propertyNames()
                .forEach(
                        type -> assertThat(SocketDocument.faults(example(type))).isEmpty());
        ObjectNode other = example("message.sent");
        other.put("colour", "red");
        assertThat(SocketDocument.faults(other)).isNotEmpty();
        other.remove(List.of("colour", "message"));
        assertThat(SocketDocument.faults(other)).isNotEmpty();
    }

    @Test
    void whatIsRequiredIsAskedForAndEachMemberIsRead() {
        Socket socket = socket(person());
        for (String type : sent()) {
            JsonNode schema = DOCUMENT.at("/components/schemas").get(type);
            Set<String> required = schema.path("required")
                    .valueStream()
                    .map(JsonNode::asString)
                    .collect(Collectors.toSet());
            for (String member : schema.path("properties").propertyNames()) {
                if (member.equals("id") || member.equals("type")) {
                    continue;
                }
                assertThat(refusal(socket, type, member, true))
                        .as("%s with an object as %s", type, member)
                        .startsWith("/" + member);
                if (required.contains(member)) {
                    assertThat(refusal(socket, type, member, false))
                            .as("%s without %s", type, member)
                            .startsWith("/" + member);
                }
            }
        }
    }

    /** The pointer to what is wrong with the example when the member is no more, or something else. */
    private static String refusal(Socket socket, String type, String member, boolean replaced) {
        ObjectNode frame = example(type);
        frame.remove(List.of("id", "type", member));
        if (replaced) {
            frame.putObject(member);
        }
        @SuppressWarnings("unchecked")
        Map<String, ?> members = JsonMapper.shared().convertValue(frame, Map.class);
        JsonNode reply = socket.ask(type, members);
        assertThat(problem(reply)).as(reply.toString()).isEqualTo(replaced ? "malformed" : "invalid");
        return reply.at("/problem/errors/0/pointer").asString();
    }
}
