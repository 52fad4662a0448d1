package app.veza.server.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Every frame that clients send, with what mutations make of it: done or refused with a problem, on a socket that goes on, and never a fault of the server. */
class SocketFuzzTest extends SocketJourney {

    private static final int RUNS = 120;
    private static final long SEED = System.nanoTime();

    private final Person person = person();
    private final String room = room(person, "public");

    private Map<String, String> frames() {
        String message = person.client()
                .post("/api/rooms/" + room + "/messages", Map.of("text", "Hello"))
                .text("messageId");
        String stream =
                person.client().post("/api/streams", Map.of("title", "Fuzz")).text("streamId");
        String inRoom = "\"roomId\":\"" + room + "\"";
        String ofMessage = inRoom + ",\"messageId\":\"" + message + "\"";
        Map<String, String> frames = new TreeMap<>(Map.of(
                "ping",
                "",
                "room.subscribe",
                inRoom + ",\"from\":1",
                "room.unsubscribe",
                inRoom,
                "message.send",
                inRoom
                        + ",\"text\":\"h\u00e9 \\ud83d\\udc4b\",\"clientMessageId\":\"a-1\",\"replyTo\":null,\"attachments\":[]",
                "message.edit",
                ofMessage + ",\"text\":\"other\"",
                "reaction.add",
                ofMessage + ",\"emoji\":\"\ud83d\udc4d\"",
                "reaction.remove",
                ofMessage + ",\"emoji\":\"\ud83d\udc4d\"",
                "read.mark",
                ofMessage,
                "typing.start",
                inRoom,
                "typing.stop",
                inRoom));
        frames.put("message.delete", ofMessage);
        frames.put("presence.watch", "\"userIds\":[\"" + person.id() + "\"]");
        frames.put("stream.subscribe", "\"streamId\":\"" + stream + "\"");
        frames.put("stream.unsubscribe", "\"streamId\":\"" + stream + "\"");
        return frames;
    }

    @Test
    void whateverIsMadeOfThem() {
        Map<String, String> frames = frames();
        var documented = new TreeSet<>();
        SocketDocument.whole()
                .path("operations")
                .valueStream()
                .filter(operation -> operation.path("channel").toString().contains("socket"))
                .filter(operation -> operation.path("action").asString().equals("receive"))
                .forEach(operation -> operation
                        .path("messages")
                        .forEach(message ->
                                documented.add(message.path("$ref").asString().replaceAll(".*/", ""))));
        assertThat(frames.keySet()).as("what the document has").isEqualTo(documented);
        Socket socket = socket(person);
        frames.forEach((type, members) -> fuzz(
                socket, "{\"id\":\"fuzz\",\"type\":\"%s\"%s}".formatted(type, members.isEmpty() ? "" : "," + members)));
        assertThat(socket.ask("ping", Map.of()).path("type").asString()).isEqualTo("ack");
    }

    private static void fuzz(Socket socket, String valid) {
        var mutations = new Mutations(new Random(SEED ^ valid.hashCode()));
        for (int run = 0; run < RUNS; run++) {
            String input = new String(mutations.of(valid.getBytes(UTF_8)), UTF_8);
            int before = socket.received().size();
            socket.sendText(input);
            JsonNode alive = socket.ask("ping", Map.of());
            assertThat(alive.path("type").asString()).as("after '%s'", input).isEqualTo("ack");
            for (JsonNode frame :
                    socket.received().subList(before, socket.received().size())) {
                assertThat(frame.at("/problem/status").asInt(200))
                        .as("seed %d, '%s' -> %s", SEED, input, frame)
                        .isLessThan(500);
                assertThat(HostileStage.LEAK.matcher(frame.toString()).find())
                        .as("seed %d, '%s' -> %s", SEED, input, frame)
                        .isFalse();
            }
        }
    }
}
