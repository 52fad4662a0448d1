package app.veza.server.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The AsyncAPI document of the socket, and whether frames are as it says: of the described types, with the described members and no others. */
final class SocketDocument {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final ObjectNode DOCUMENT = read();
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7);
    private static final Map<String, Schema> BY_TYPE = new ConcurrentHashMap<>();

    private SocketDocument() {}

    private static ObjectNode read() {
        try (InputStream document =
                SocketDocument.class.getResourceAsStream("/app/veza/server/gateway/asyncapi.json")) {
            return (ObjectNode) JSON.readTree(document);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static JsonNode whole() {
        return DOCUMENT;
    }

    static void check(List<JsonNode> frames) {
        frames.forEach(frame -> assertThat(faults(frame)).as(frame.toString()).isEmpty());
    }

    /** What is wrong with a frame, in either direction. */
    static List<String> faults(JsonNode frame) {
        String type = frame.path("type").asString("");
        if (!DOCUMENT.at("/components/messages").has(type)) {
            return List.of("the document has no message of type '" + type + "'");
        }
        return BY_TYPE.computeIfAbsent(type, SocketDocument::schema).validate(frame).stream()
                .map(Object::toString)
                .toList();
    }

    /** With references inside the document made such inside the schema, and what is not described refused, where descriptions leave room for more. */
    private static Schema schema(String type) {
        ObjectNode schema = ((ObjectNode) DOCUMENT.at("/components/schemas").get(type)).deepCopy();
        schema.put("additionalProperties", false);
        schema.set("components", DOCUMENT.get("components"));
        return SCHEMAS.getSchema(schema);
    }
}
