package app.veza.eventstore;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One append is one message: one event a CloudEvent in binary mode, several a CloudEvents batch. The headers named
 * here depend on the place in the log and are added when it is known; all others are the append's own.
 */
final class WireFormat {
    static final String POSITION = "Log-Position";
    static final String COUNT = "Log-Count";
    static final String PREVIOUS = "Log-Previous";
    static final String CHAIN = "Log-Chain";
    static final String APPEND_ID = "Log-Append-Id";
    static final String COMMAND_ID = "Log-Command-Id";
    static final String FINGERPRINT = "Log-Fingerprint";
    static final String EXPECTED_SEQUENCE = "Nats-Expected-Last-Sequence";
    static final String CONTENT_TYPE = "content-type";
    static final String BATCH_TYPE = "application/cloudevents-batch+json";

    private static final int LONGEST_TAG = 1024;
    /** Of an event. Each pair of them may be a list that is kept, so what indexing costs grows with their square. */
    private static final int MOST_TAGS = 64;

    private static final int LONGEST_ID = 512;

    private final Subjects subjects;
    private final String source;
    private final int maxEvents;
    private final int maxBytes;

    WireFormat(String subjectPrefix, int maxEvents, int maxBytes) {
        this.subjects = new Subjects(subjectPrefix);
        this.source = subjectPrefix;
        this.maxEvents = maxEvents;
        this.maxBytes = maxBytes;
    }

    /** @throws AppendFailure.Invalid when it can never be appended */
    EncodedAppend encode(String appendId, AppendRequest request) {
        List<NewEvent> events =
                request.events().stream().map(NewEvent::inWholeMicros).toList();
        validate(request);
        boolean single = events.size() == 1;
        byte[] lines = lines(appendId, request, single ? events.getFirst() : null);
        byte[] body = single ? events.getFirst().payload() : CloudEventsBatch.encode(events, source);
        if (lines.length + body.length > maxBytes) {
            throw new AppendFailure.Invalid("an append of %,d bytes is more than the %,d that the log takes"
                    .formatted(lines.length + body.length, maxBytes));
        }
        return new EncodedAppend(
                appendId,
                subjects.of(events),
                lines,
                body,
                encodeEvents(events),
                request.commandId(),
                request.fingerprint(),
                null);
    }

    /** In the order that sorting the names would give. */
    private byte[] lines(String appendId, AppendRequest request, @Nullable NewEvent single) {
        var lines = new StringBuilder(640);
        OwnHeaders.line(lines, APPEND_ID, appendId);
        if (request.commandId() != null) {
            OwnHeaders.line(lines, COMMAND_ID, Escaping.header(request.commandId()));
        }
        if (request.fingerprint() != null) {
            OwnHeaders.line(lines, FINGERPRINT, Escaping.header(request.fingerprint()));
        }
        if (single == null) {
            OwnHeaders.line(lines, CONTENT_TYPE, BATCH_TYPE);
        } else {
            CloudEventAttributes.of(single, source, (name, value) -> {
                lines.append("ce-");
                OwnHeaders.line(lines, name, Escaping.header(value));
            });
        }
        return OwnHeaders.ascii(lines);
    }

    private void validate(AppendRequest request) {
        if (request.events().size() > maxEvents) {
            throw new AppendFailure.Invalid("an append of %,d events is more than the %,d that the log takes"
                    .formatted(request.events().size(), maxEvents));
        }
        requireShort(request.commandId(), "command id");
        requireShort(request.fingerprint(), "fingerprint");
        for (NewEvent event : request.events()) {
            requireName(event.id(), "event id");
            requireName(event.type(), "event type");
            requireName(event.revision(), "event revision");
            if (!CloudEventAttributes.isTime(event.timestamp())) {
                throw new AppendFailure.Invalid("timestamp out of range: " + event.timestamp());
            }
            if (event.id().isEmpty() || event.type().isEmpty()) {
                throw new AppendFailure.Invalid("an event needs an id and a type");
            }
            if (event.tags().size() > MOST_TAGS) {
                throw new AppendFailure.Invalid("an event bears at most %d tags, not %,d"
                        .formatted(MOST_TAGS, event.tags().size()));
            }
            for (Tag tag : event.tags()) {
                if (Escaping.utf8Length(tag.key()) + Escaping.utf8Length(tag.value()) > LONGEST_TAG) {
                    throw new AppendFailure.Invalid("a tag holds at most %,d bytes".formatted(LONGEST_TAG));
                }
            }
            requireShort(event.metadata().get(EventMetadata.CORRELATION_ID), EventMetadata.CORRELATION_ID);
            for (String text : event.metadata().values()) {
                Escaping.utf8Length(text);
            }
            if (event.tags().size() > 1 && event.tags().size() != new HashSet<>(event.tags()).size()) {
                throw new AppendFailure.Invalid("an event bears a tag once");
            }
        }
    }

    private static void requireName(String text, String what) {
        requireShort(text, what);
        if (!CloudEventAttributes.isText(text)) {
            throw new AppendFailure.Invalid("%s: no control characters and no Unicode noncharacters".formatted(what));
        }
    }

    private static void requireShort(@Nullable String text, String what) {
        if (text != null && Escaping.utf8Length(text) > LONGEST_ID) {
            throw new AppendFailure.Invalid("%s: at most %,d bytes".formatted(what, LONGEST_ID));
        }
    }

    /** @throws IllegalArgumentException when it is none of ours, or damaged beyond reading */
    static EncodedAppend decode(String subject, StoredHeaders headers, byte[] body) {
        String fencedBy = headers.get(Fence.HEADER);
        List<NewEvent> events;
        if (fencedBy != null) {
            events = List.of();
        } else if (BATCH_TYPE.equals(headers.get(CONTENT_TYPE))) {
            events = CloudEventsBatch.decode(body);
        } else {
            events = List.of(CloudEventAttributes.toEvent(headers::attribute, body));
        }
        return new EncodedAppend(
                headers.require(APPEND_ID),
                subject,
                headers.ownLines(),
                body,
                encodeEvents(events),
                headers.text(COMMAND_ID),
                headers.text(FINGERPRINT),
                fencedBy);
    }

    /** @throws IllegalArgumentException when it is no batch of ours */
    static List<EncodedEvent> eventsOf(byte[] batch) {
        return encodeEvents(CloudEventsBatch.decode(batch));
    }

    static String require(@Nullable String value, String name) {
        if (value == null) {
            throw new IllegalArgumentException("no header " + name);
        }
        return value;
    }

    private static List<EncodedEvent> encodeEvents(List<NewEvent> events) {
        if (events.size() == 1) {
            return List.of(encodeEvent(events.getFirst()));
        }
        List<EncodedEvent> encoded = new ArrayList<>(events.size());
        for (NewEvent event : events) {
            encoded.add(encodeEvent(event));
        }
        return encoded;
    }

    private static EncodedEvent encodeEvent(NewEvent event) {
        return new EncodedEvent(event.type(), event.tags(), EventRecord.encode(event));
    }
}
