package app.veza.eventstore;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event as {@link EventRecord} writes it for the index, without position and hash. Type and tags are wanted where it is sequenced, and
 * where lists of the index are kept; where they were not at hand they are read when asked for, and to read them twice does no harm.
 */
final class EncodedEvent {
    /** What conditions are decided by. */
    record Labels(String type, List<Tag> tags) {}

    private final byte[] record;
    private @Nullable Labels labels;

    EncodedEvent(byte[] record) {
        this.record = record;
    }

    EncodedEvent(String type, List<Tag> tags, byte[] record) {
        this.record = record;
        this.labels = new Labels(type, tags);
    }

    byte[] record() {
        return record;
    }

    private Labels labels() {
        Labels known = labels;
        if (known == null) {
            known = EventRecord.labels(record);
            labels = known;
        }
        return known;
    }

    String type() {
        return labels().type();
    }

    List<Tag> tags() {
        return labels().tags();
    }
}
