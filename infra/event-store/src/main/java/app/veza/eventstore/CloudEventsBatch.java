package app.veza.eventstore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code application/cloudevents-batch+json}. A payload that is a JSON object stands in it byte for byte, so that reading
 * gives back what was appended; any other goes in as base64.
 */
final class CloudEventsBatch {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private CloudEventsBatch() {}

    static byte[] encode(List<NewEvent> events, String source) {
        var out = new JsonBytes(events.size() * 768);
        out.raw('[');
        for (NewEvent event : events) {
            out.raw(out.size() > 1 ? ",{" : "{");
            CloudEventAttributes.of(event, source, (name, value) -> {
                out.text(name);
                out.raw(':');
                out.text(value);
                out.raw(',');
            });
            if (isObject(event.payload())) {
                out.raw("\"data\":");
                out.raw(event.payload());
            } else {
                out.raw("\"data_base64\":");
                out.text(Base64.getEncoder().encodeToString(event.payload()));
            }
            out.raw('}');
        }
        out.raw(']');
        return out.toByteArray();
    }

    /** @throws IllegalArgumentException when it is no batch of ours */
    static List<NewEvent> decode(byte[] body) {
        List<NewEvent> events = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(body)) {
            expect(parser.nextToken(), JsonToken.START_ARRAY);
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                events.add(decodeEvent(parser, body));
            }
            expect(parser.currentToken(), JsonToken.END_ARRAY);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not a CloudEvents batch", e);
        }
        return events;
    }

    private static NewEvent decodeEvent(JsonParser parser, byte[] body) {
        Map<String, String> attributes = new HashMap<>();
        byte[] payload = {};
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals("data")) {
                int start = (int) parser.currentTokenLocation().getByteOffset();
                parser.skipChildren();
                payload = Arrays.copyOfRange(
                        body, start, (int) parser.currentLocation().getByteOffset());
            } else if (name.equals("data_base64")) {
                payload = parser.getBinaryValue();
            } else {
                expect(value, JsonToken.VALUE_STRING);
                attributes.put(name, parser.getString());
            }
        }
        return CloudEventAttributes.toEvent(attributes::get, payload);
    }

    /** A claim for the header only, so the first byte will do for an object. */
    static boolean isJson(byte[] payload) {
        return payload.length > 1 && payload[0] == '{' && payload[payload.length - 1] == '}';
    }

    private static boolean isObject(byte[] payload) {
        if (!isJson(payload)) {
            return false;
        }
        try (JsonParser parser = JSON.createParser(payload)) {
            parser.nextToken();
            parser.skipChildren();
            return parser.currentLocation().getByteOffset() == payload.length;
        } catch (JacksonException e) {
            return false;
        }
    }

    private static void expect(JsonToken actual, JsonToken expected) {
        if (actual != expected) {
            throw new IllegalArgumentException(
                    "not a CloudEvents batch: " + actual + " where " + expected + " should be");
        }
    }
}
