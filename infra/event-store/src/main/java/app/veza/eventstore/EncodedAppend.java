package app.veza.eventstore;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An append as far as it does not depend on its place in the log.
 *
 * @param id of this very append, however often it is published; by it an append is found again after a lost answer
 * @param headers lines {@code Name: value\r\n} sorted by name
 * @param events in order; none in a fence
 * @param fencedBy the node whose {@link Fence} this is
 */
record EncodedAppend(
        String id,
        String subject,
        byte[] headers,
        byte[] body,
        List<EncodedEvent> events,
        @Nullable String commandId,
        @Nullable String fingerprint,
        @Nullable String fencedBy) {
    /** Changes with the form in which nodes send appends to each other, records of events included. */
    static final int LAYOUT = 4;
    /** A batch whose body is larger goes without the records, which would make it twice as long: whoever reads it makes them anew. */
    private static final int LARGEST_WITH_RECORDS = 64 * 1024;

    int count() {
        return events.size();
    }

    /** What it takes in memory, nearly: a payload stands in the body and in its event's record. */
    long bytes() {
        long bytes = headers.length + body.length;
        for (EncodedEvent event : events) {
            bytes += event.record().length;
        }
        return bytes;
    }

    /** For another node, which need not encode it again unless it is large. The payload of a lone event stands in its record. */
    void writeTo(FrameWriter frame) {
        frame.putText(id)
                .putText(subject)
                .putBytes(headers)
                .putOptionalText(commandId)
                .putOptionalText(fingerprint)
                .putOptionalText(fencedBy);
        List<EncodedEvent> records = events.size() > 1 && body.length > LARGEST_WITH_RECORDS ? List.of() : events;
        frame.putInt(records.size());
        records.forEach(event -> frame.putBytes(event.record()));
        if (events.size() == 1) {
            frame.putInt(body.length);
        } else {
            frame.putBytes(body);
        }
    }

    /** @throws RuntimeException when it is no such frame */
    static EncodedAppend readFrom(FrameReader frame) {
        String id = frame.readText();
        String subject = frame.readText();
        byte[] headers = frame.readBytes();
        String commandId = frame.readOptionalText();
        String fingerprint = frame.readOptionalText();
        String fencedBy = frame.readOptionalText();
        List<EncodedEvent> events = events(frame);
        byte[] body = events.size() == 1
                ? EventRecord.payload(events.getFirst().record(), frame.readInt())
                : frame.readBytes();
        if (events.isEmpty() && fencedBy == null) {
            events = WireFormat.eventsOf(body);
        }
        return new EncodedAppend(id, subject, headers, body, events, commandId, fingerprint, fencedBy);
    }

    private static List<EncodedEvent> events(FrameReader frame) {
        int count = frame.readInt();
        if (count == 1) {
            return List.of(new EncodedEvent(frame.readBytes()));
        }
        List<EncodedEvent> events = new ArrayList<>(Math.min(count, 1024));
        for (int i = 0; i < count; i++) {
            events.add(new EncodedEvent(frame.readBytes()));
        }
        return events;
    }
}
