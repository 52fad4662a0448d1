package app.veza.projectionengine;

import java.util.Optional;
import java.util.Set;

/** A fold of the log into a read model. No clock, no randomness, no serials in it: rebuilt, it must come out the same. */
public sealed interface Projection permits SqlProjection, RedisProjection {
    /** Lower-case letters, digits and underscores, starting with a letter; part of schema and key names. */
    String name();

    /** Raised whenever the shape or the meaning of the read model changes; each version is filled from position 0. */
    int version();

    /** Registered names of the events it handles; others only move its position. */
    Set<String> eventTypes();

    /**
     * Whether what people said or are called goes into its read model. One that says no may be given each such text as an erased
     * person's, which spares decryption, and must make the same of it.
     */
    default boolean readsPersonal() {
        return true;
    }

    /**
     * How its read model is cut into slices, each of which an audit can fold without the rest; empty where nothing in it stands for
     * itself.
     */
    default Optional<Slicing> slicing() {
        return Optional.empty();
    }

    /**
     * Names the events that must be applied in order with each other: when one cannot be applied, the later ones of its key
     * wait behind it, and those of other keys go on. Told from the envelope alone, for an event that cannot be decoded has a
     * key too, and the same at every call. A projection whose rows of different keys depend on each other gives all
     * of its events one key. The default is the primary tag: the room, the person, the session, the stream.
     */
    default String sequenceKey(LoggedEvent event) {
        return event.tags().isEmpty() ? "" : event.tags().getFirst();
    }
}
