package app.veza.gateway.frame;

import app.veza.gateway.Connection;
import app.veza.gateway.Problem;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Frames to and from JSON. */
final class FrameCodec {
    private static final int MAX_ID_LENGTH = 128;

    private final JsonMapper json = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** What a text message was read as. */
    sealed interface Read {
        record Valid(Frame frame) implements Read {}

        /** @param id of the frame, when that much could be read */
        record Faulty(@Nullable JsonNode id, Problem problem) implements Read {}
    }

    Read read(Connection connection, byte[] utf8) {
        JsonNode tree;
        try {
            tree = json.readTree(utf8);
        } catch (JacksonException malformed) {
            return new Read.Faulty(
                    null, Problem.malformed("A frame is one well-formed JSON object, with no name given twice."));
        }
        if (!(tree instanceof ObjectNode body)) {
            return new Read.Faulty(null, Problem.malformed("A frame is a JSON object"));
        }
        JsonNode id = body.get("id");
        if (!isId(id)) {
            return new Read.Faulty(
                    null, invalid("/id", "is a string of 1 to " + MAX_ID_LENGTH + " characters or an integer"));
        }
        JsonNode type = body.get("type");
        if (type == null || !type.isString()) {
            return new Read.Faulty(id, invalid("/type", "is a string"));
        }
        return new Read.Valid(new Frame(connection, id, type.stringValue(), body, utf8.length));
    }

    byte[] write(@Nullable JsonNode id, Reply reply) {
        ObjectNode frame = json.createObjectNode();
        if (id != null) {
            frame.set("id", id);
        }
        frame.put("type", reply.type());
        reply.members().forEach((member, value) -> {
            if (!member.equals("id") && !member.equals("type")) {
                frame.set(member, json.valueToTree(value));
            }
        });
        return json.writeValueAsBytes(frame);
    }

    private static boolean isId(@Nullable JsonNode id) {
        if (id == null) {
            return false;
        }
        if (id.isString()) {
            int length = id.stringValue().length();
            return length >= 1 && length <= MAX_ID_LENGTH;
        }
        return id.isIntegralNumber() && id.canConvertToLong();
    }

    private static Problem invalid(String pointer, String detail) {
        return Problem.malformed(null).with(new Problem.Violation(pointer, detail));
    }
}
