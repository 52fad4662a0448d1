package app.veza.event.schema;

import app.veza.event.EventTypes;
import app.veza.event.EventUpcaster;
import app.veza.event.EventUpcasters;
import app.veza.eventstore.json.JacksonEventCodec;
import app.veza.eventstore.json.PayloadTransform;
import app.veza.eventstore.json.Upcaster;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The codec that writes and reads the log, with given events. */
record Codec(Map<String, ? extends Class<?>> types, JacksonEventCodec codec) {

    static Codec ofTheLog() {
        return of(EventTypes.byName(), EventUpcasters.all());
    }

    static Codec of(Map<String, ? extends Class<?>> types, Collection<EventUpcaster> upcasters) {
        return new Codec(
                types,
                new JacksonEventCodec(
                        types,
                        upcasters.stream()
                                .map(step -> new Upcaster(
                                        step.type(), step.fromRevision(), step.toRevision(), step.change()))
                                .toList(),
                        PayloadTransform.NONE));
    }

    /** The sample of a production event, as it is stored. */
    static JsonNode sample(String name) {
        return ofTheLog().encode(name, Samples.of(name));
    }

    JsonNode encode(String name, Object event) {
        return JsonMapper.shared().readTree(codec.encode(name, SchemaGeneration.revision(types.get(name)), event));
    }

    Object decode(String name, int revision, JsonNode payload) {
        return codec.decode(name, Integer.toString(revision), payload.toString().getBytes(StandardCharsets.UTF_8));
    }
}
