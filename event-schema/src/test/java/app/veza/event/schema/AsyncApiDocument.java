package app.veza.event.schema;

import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * AsyncAPI 3.0 of what stands in the stream, made of the committed schemas and samples: a channel an event, with a message for
 * every revision that may stand there, and one channel for appends of several events.
 */
final class AsyncApiDocument {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final SchemaFiles files;

    AsyncApiDocument(SchemaFiles files) {
        this.files = files;
    }

    JsonNode document(Map<String, ? extends Class<?>> types) {
        ObjectNode document = (ObjectNode) JSON.readTree(HEAD);
        ObjectNode channels = document.putObject("channels");
        ObjectNode operations = document.putObject("operations");
        ObjectNode components = (ObjectNode) JSON.readTree(COMPONENTS);
        ObjectNode messages = components.putObject("messages");
        new TreeMap<>(types).forEach((name, type) -> {
            int current = Evolution.revision(type);
            ObjectNode channel = channels.putObject(name);
            channel.put("address", address(name, current));
            ObjectNode ofChannel = JSON.createObjectNode();
            for (int revision = 1; revision <= current; revision++) {
                String key = "%s.v%d".formatted(name, revision);
                messages.set(key, message(name, revision));
                ofChannel.putObject(key).put("$ref", "#/components/messages/" + key);
            }
            channel.set("messages", ofChannel);
            channel.putObject("parameters").putObject("value").put("$ref", "#/components/parameters/value");
            appended(operations, name);
        });
        messages.set("batch", JSON.readTree(BATCH));
        channels.set("batch", JSON.readTree(BATCH_CHANNEL));
        appended(operations, "batch");
        document.set("components", components);
        return document;
    }

    private static void appended(ObjectNode operations, String channel) {
        ObjectNode operation = operations.putObject("append." + channel);
        operation.put("action", "send");
        operation.putObject("channel").put("$ref", "#/channels/" + channel);
    }

    private String address(String name, int revision) {
        String tag = schema(name, revision).path("properties").properties().stream()
                .map(property -> property.getValue().path(SchemaGeneration.TAG))
                .filter(JsonNode::isString)
                .findFirst()
                .map(JsonNode::asString)
                .orElseThrow(() -> new IllegalStateException(name + " bears no tag: its subject needs one"));
        int dot = name.lastIndexOf('.');
        return "veza.events.%s.%s.{value}.%s".formatted(name.substring(0, dot), tag, name.substring(dot + 1));
    }

    private ObjectNode message(String name, int revision) {
        ObjectNode schema = schema(name, revision);
        ObjectNode message = JSON.createObjectNode();
        message.put("name", name);
        message.put("title", "%s, revision %d".formatted(name, revision));
        if (schema.has("description")) {
            message.set("summary", schema.get("description"));
        }
        message.put("contentType", "application/json");
        message.putArray("tags").addObject().put("name", name.substring(0, name.lastIndexOf('.')));
        var headers = message.putObject("headers").putArray("allOf");
        headers.addObject().put("$ref", "#/components/schemas/envelope");
        ObjectNode own = headers.addObject().putObject("properties");
        own.putObject("ce-type").put("const", name);
        own.putObject("ce-revision").put("const", Integer.toString(revision));
        message.putObject("correlationId").put("location", "$message.header#/ce-correlationid");
        // As it stands in its own file it would change what references in this document are relative to
        schema.remove("$schema");
        schema.remove("$id");
        message.set("payload", schema);
        message.putArray("examples")
                .addObject()
                .set("payload", files.read(SchemaFiles.sample(name, revision)).orElseThrow());
        return message;
    }

    private ObjectNode schema(String name, int revision) {
        return files.read(SchemaFiles.schema(name, revision)).orElseThrow().asObject();
    }

    private static final String HEAD = """
            {
              "asyncapi": "3.0.0",
              "info": {
                "title": "Veza events",
                "version": "1",
                "description": "What stands in Veza's event log, a NATS JetStream stream. One event is a CloudEvent in binary mode: its payload is the body, its envelope the ce- headers, percent-encoded. Several that were appended together are one message, a CloudEvents batch. The subjects' prefix is veza.events unless it was configured otherwise. Components marked x-personal tell something about the person whom the named component identifies; where the log encrypts them, readers see ciphertext in their place. Components marked x-tag are what events are selected by. A message with a Log-Fence header (a sequencer begins its term) holds no event, and one whose Log-Previous is not the Log-Chain of the last message of the log before it is void: both are passed by. Readers ignore fields and events that they do not know.",
                "license": { "name": "Apache-2.0", "url": "https://www.apache.org/licenses/LICENSE-2.0" }
              },
              "defaultContentType": "application/json"
            }
            """;

    private static final String COMPONENTS = """
            {
              "parameters": {
                "value": {
                  "description": "Value of the event's primary tag; every byte but letters, digits, _ and - as ~HH, shortened to its start and a hash when very long."
                }
              },
              "schemas": {
                "envelope": {
                  "type": "object",
                  "required": ["ce-specversion", "ce-id", "ce-source", "ce-type", "ce-time", "Log-Position", "Log-Count"],
                  "properties": {
                    "ce-specversion": { "const": "1.0" },
                    "ce-id": { "type": "string", "description": "Unique for ever." },
                    "ce-source": { "type": "string", "format": "uri-reference", "description": "The log." },
                    "ce-type": { "type": "string", "description": "Full name of the event." },
                    "ce-revision": { "type": "string", "description": "Of the shape of the payload." },
                    "ce-time": { "type": "string", "format": "date-time" },
                    "ce-datacontenttype": { "type": "string" },
                    "ce-tags": { "type": "string", "description": "key=value&key=value, the primary tag first; keys and values escaped as in subjects, personal values as a keyed hash." },
                    "ce-correlationid": { "type": "string" },
                    "ce-causationid": { "type": "string" },
                    "ce-traceparent": { "type": "string" },
                    "ce-tracestate": { "type": "string" },
                    "ce-metadata": { "type": "string", "description": "All other metadata, in the form of ce-tags." },
                    "Log-Position": { "type": "string", "pattern": "^[0-9]+$", "description": "Number in the log of the message's first event, contiguous from 1." },
                    "Log-Count": { "type": "string", "pattern": "^[0-9]+$", "description": "How many events the message holds." },
                    "Log-Previous": { "type": "string", "description": "The Log-Chain of the log's message before this one." },
                    "Log-Chain": { "type": "string", "description": "SHA-256 over the log up to and with this message." }
                  }
                }
              }
            }
            """;

    private static final String BATCH = """
            {
              "name": "batch",
              "title": "Several events, appended together",
              "summary": "An array of CloudEvents in the JSON format; each one's data is the payload of its type and revision.",
              "contentType": "application/cloudevents-batch+json",
              "payload": {
                "type": "array",
                "minItems": 2,
                "items": {
                  "type": "object",
                  "required": ["specversion", "id", "source", "type", "time"],
                  "properties": {
                    "specversion": { "const": "1.0" },
                    "id": { "type": "string" },
                    "source": { "type": "string", "format": "uri-reference" },
                    "type": { "type": "string" },
                    "revision": { "type": "string" },
                    "time": { "type": "string", "format": "date-time" },
                    "tags": { "type": "string" },
                    "correlationid": { "type": "string" },
                    "causationid": { "type": "string" },
                    "metadata": { "type": "string" },
                    "datacontenttype": { "type": "string" },
                    "data": { "type": "object" },
                    "data_base64": { "type": "string" }
                  }
                }
              }
            }
            """;

    private static final String BATCH_CHANNEL = """
            {
              "address": "veza.events.{context}.{tag}.{value}.batch",
              "messages": { "batch": { "$ref": "#/components/messages/batch" } },
              "parameters": {
                "context": { "description": "Of the first event." },
                "tag": { "description": "Key of the first event's primary tag." },
                "value": { "$ref": "#/components/parameters/value" }
              }
            }
            """;
}
