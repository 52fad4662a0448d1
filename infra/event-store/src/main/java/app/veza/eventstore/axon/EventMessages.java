package app.veza.eventstore.axon;

import app.veza.eventstore.AppendFailure;
import app.veza.eventstore.NewEvent;
import app.veza.eventstore.RecordedEvent;
import app.veza.eventstore.json.JacksonEventCodec;
import app.veza.eventstore.personal.KeysUnavailableException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.axonframework.eventsourcing.eventstore.TaggedEventMessage;
import org.axonframework.messaging.core.Context;
import org.axonframework.messaging.core.MessageStream.Entry;
import org.axonframework.messaging.core.MessageType;
import org.axonframework.messaging.core.SimpleEntry;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.GenericEventMessage;
import org.axonframework.messaging.eventhandling.processing.streaming.token.TrackingToken;

/** Axon's event messages and the log's events, both ways. */
final class EventMessages {

    private final JacksonEventCodec codec;
    private final CriteriaTranslation translation;

    EventMessages(JacksonEventCodec codec, CriteriaTranslation translation) {
        this.codec = codec;
        this.translation = translation;
    }

    /** @throws AppendFailure.Unavailable when keys of personal data cannot be had now */
    NewEvent toLog(TaggedEventMessage<?> tagged, Map<String, String> decisionMetadata) {
        EventMessage event = tagged.event();
        Object payload = event.payload();
        if (payload == null) {
            throw new IllegalArgumentException("An event without a payload: " + event.type());
        }
        MessageType type = event.type();
        return new NewEvent(
                event.identifier(),
                type.name(),
                type.version(),
                event.timestamp(),
                translation.tags(tagged.tags()),
                merged(event.metadata(), decisionMetadata),
                withKeys(() -> codec.encode(type.name(), type.version(), payload)));
    }

    /**
     * With the event's position as the entry's token.
     *
     * @param logId of the log that it stands in
     * @throws AppendFailure.Unavailable when keys of personal data cannot be had now
     */
    Entry<EventMessage> toAxon(RecordedEvent event, String logId) {
        EventMessage message = new GenericEventMessage(
                event.id(),
                new MessageType(event.type(), event.revision()),
                withKeys(() -> codec.decode(event)),
                event.metadata(),
                event.timestamp());
        return new SimpleEntry<>(
                message, Context.with(TrackingToken.RESOURCE_KEY, new LogToken(logId, event.position())));
    }

    /** To those who ask, it is all one what of the event store is away. */
    private static <T> T withKeys(Supplier<T> work) {
        try {
            return work.get();
        } catch (KeysUnavailableException e) {
            throw new AppendFailure.Unavailable(e.getMessage(), e.retryAfter());
        }
    }

    private static Map<String, String> merged(Map<String, String> own, Map<String, String> decision) {
        if (decision.isEmpty()) {
            return own;
        }
        Map<String, String> merged = new HashMap<>(decision);
        merged.putAll(own);
        return merged;
    }
}
