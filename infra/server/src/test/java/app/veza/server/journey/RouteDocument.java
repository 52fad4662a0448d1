package app.veza.server.journey;

import app.veza.server.journey.Client.Answer;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The OpenAPI document of a node, and whether answers are as it says: of a described status and type, with the described members and no others. */
final class RouteDocument {

    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemaRegistryConfig(
                    SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

    private final ObjectNode document;

    RouteDocument(JsonNode served) {
        document = (ObjectNode) served.deepCopy();
        document.at("/components/schemas").valueStream().forEach(schema -> close((ObjectNode) schema));
    }

    /** Descriptions leave room for more; answers are to have nothing more than what is described. */
    private static void close(ObjectNode schema) {
        if (schema.has("properties") && !schema.has("additionalProperties")) {
            schema.put("additionalProperties", false);
        }
    }

    JsonNode whole() {
        return document;
    }

    /** What is wrong with an answer. */
    List<String> faults(String method, String target, Answer answer) {
        JsonNode response = response(method, target.replaceFirst("\\?.*", ""), answer.status());
        if (response.isMissingNode()) {
            return List.of("the route is not described with this status");
        }
        JsonNode contents = response.path("content");
        if (answer.body().isMissingNode()) {
            return contents.isEmpty() ? List.of() : List.of("a body is described and there is none");
        }
        String type = answer.headers()
                .firstValue("Content-Type")
                .map(value -> value.replaceFirst(";.*", ""))
                .orElse("");
        if (!contents.has(type)) {
            return List.of("no body of the type '" + type + "' is described");
        }
        return schema(contents.path(type).path("schema")).validate(answer.body()).stream()
                .map(Object::toString)
                .toList();
    }

    private JsonNode response(String method, String path, int status) {
        JsonNode response = document.path("paths")
                .path(pattern(path))
                .path(method.toLowerCase(Locale.ROOT))
                .path("responses")
                .path(Integer.toString(status));
        return response.has("$ref")
                ? document.at(response.path("$ref").asString().substring(1))
                : response;
    }

    /** That of the most letters, as a server routes. */
    private String pattern(String path) {
        return document.path("paths").propertyNames().stream()
                .filter(pattern -> path.matches(pattern.replaceAll("\\{[^/]+}", "[^/]+")))
                .max(Comparator.comparingInt(
                        pattern -> pattern.replaceAll("\\{[^/]+}", "").length()))
                .orElse("");
    }

    /** With references inside the document made such inside the schema. */
    private Schema schema(JsonNode described) {
        ObjectNode schema = (ObjectNode) described.deepCopy();
        schema.set("components", document.get("components"));
        return SCHEMAS.getSchema(schema);
    }
}
