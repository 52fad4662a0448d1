package app.veza.eventstore.json;

import app.veza.eventstore.RecordedEvent;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * Changes the stored form of payloads, such as by encrypting fields that tell something about a person. Events that it does
 * not apply to are read and written without a JSON tree between, several times faster.
 */
public interface PayloadTransform {

    /** Leaves everything as it is. */
    PayloadTransform NONE = new PayloadTransform() {
        @Override
        public boolean appliesTo(String type, String revision) {
            return false;
        }

        @Override
        public ObjectNode toStored(String type, String revision, ObjectNode payload) {
            return payload;
        }

        @Override
        public ObjectNode fromStored(String type, String revision, ObjectNode stored) {
            return stored;
        }
    };

    /** Whether such payloads are to be changed when they are written. The answer must not change while the program runs. */
    boolean appliesTo(String type, String revision);

    /** Whether one was changed that is stored: also before anything else was to be. */
    default boolean appliedTo(String type, String revision, byte[] stored) {
        return appliesTo(type, revision);
    }

    /** Called with the payload in its current revision; may change and return what it got. */
    ObjectNode toStored(String type, String revision, ObjectNode payload);

    /**
     * Called with what is stored, in the revision it is stored in, before any upcaster.
     *
     * @throws UnreadablePayloadException when it never can be read; any other exception means that it cannot now
     */
    ObjectNode fromStored(String type, String revision, ObjectNode stored);

    /** These are likely to be read next: what that takes may be fetched for all of them at once. Never fails. */
    default void prefetch(List<RecordedEvent> events) {}
}
