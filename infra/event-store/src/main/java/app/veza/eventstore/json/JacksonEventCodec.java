package app.veza.eventstore.json;

import app.veza.eventstore.RecordedEvent;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;

/**
 * Payloads of events as JSON. Reading goes: stored bytes, {@link PayloadTransform}, upcasters, record; fields that the
 * record lacks are ignored. Thread-safe.
 */
public final class JacksonEventCodec {

    private final Map<String, ? extends Class<?>> types;
    private final JsonMapper mapper;
    private final Map<String, ObjectReader> readers;
    private final Map<String, ObjectWriter> writers;
    private final UpcasterChains upcasters;
    private final PayloadTransform transform;

    /** @param types the class of every event's payload by its full name, such as {@code chat.MessageSent} */
    public JacksonEventCodec(
            Map<String, ? extends Class<?>> types, List<Upcaster> upcasters, PayloadTransform transform) {
        this(types, new UpcasterChains(upcasters), transform, new SimpleModule());
    }

    private JacksonEventCodec(
            Map<String, ? extends Class<?>> types,
            UpcasterChains upcasters,
            PayloadTransform transform,
            JacksonModule module) {
        this.types = types;
        this.mapper = JsonMapper.builder()
                .addModule(module)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                // Components stay in the order in which the record declares them
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .changeDefaultPropertyInclusion(
                        any -> JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
                .build();
        this.upcasters = upcasters;
        this.transform = transform;
        Map<String, ObjectReader> readersByName = new HashMap<>();
        Map<String, ObjectWriter> writersByName = new HashMap<>();
        types.forEach((name, type) -> {
            readersByName.put(name, mapper.readerFor(type));
            writersByName.put(name, mapper.writerFor(type));
        });
        this.readers = Map.copyOf(readersByName);
        this.writers = Map.copyOf(writersByName);
    }

    public JacksonEventCodec(Map<String, ? extends Class<?>> types) {
        this(types, List.of(), PayloadTransform.NONE);
    }

    /**
     * As this, for who reads nothing personal: where the {@link PayloadTransform} put something else in place of a text, {@code
     * inPlace} is read. No key is looked for, and no tree is made of what needs no upcaster, so it takes a fraction of the time.
     */
    public JacksonEventCodec withoutPersonal(String inPlace) {
        SimpleModule texts = new SimpleModule().addDeserializer(String.class, new TextOrSealed(inPlace));
        return new JacksonEventCodec(types, upcasters, PayloadTransform.NONE, texts);
    }

    /**
     * The bytes to store.
     *
     * @throws IllegalArgumentException when the type is not among those given at construction
     */
    public byte[] encode(String type, String revision, Object payload) {
        ObjectWriter writer = writers.get(type);
        if (writer == null) {
            throw new IllegalArgumentException("An event type that the codec was not given: " + type);
        }
        if (!transform.appliesTo(type, revision)) {
            return writer.writeValueAsBytes(payload);
        }
        ObjectNode tree = mapper.valueToTree(payload);
        return mapper.writeValueAsBytes(transform.toStored(type, revision, tree));
    }

    /** The record of a stored event, or an {@link UnknownEvent}; see {@link #decode(String, String, byte[])}. */
    public Object decode(RecordedEvent event) {
        return decode(event.type(), event.revision(), event.payload());
    }

    /**
     * The record of a stored event, in its current shape; an {@link UnknownEvent} when its type is not known.
     *
     * @throws EventDecodingException when the type is known and the payload does not fit it, or never can be read; what else the
     *     {@link PayloadTransform} throws means that it cannot be read now
     */
    public Object decode(String type, String revision, byte[] payload) {
        ObjectReader reader = readers.get(type);
        if (reader == null) {
            return new UnknownEvent(type, revision, new String(payload, StandardCharsets.UTF_8));
        }
        try {
            boolean transformed = transform.appliedTo(type, revision, payload);
            if (!transformed && !upcasters.startAt(type, revision)) {
                return reader.readValue(payload);
            }
            JsonNode tree = mapper.readTree(payload);
            if (transformed) {
                tree = transform.fromStored(type, revision, tree.asObject());
            }
            return reader.readValue(upcasters.upcast(type, revision, tree));
        } catch (JacksonException | UnreadablePayloadException e) {
            throw new EventDecodingException(type, revision, e);
        }
    }

    /** To be called with what is read in one go, before {@link #decode(RecordedEvent)}: it then takes less time. */
    public void prefetch(List<RecordedEvent> events) {
        transform.prefetch(events);
    }
}
