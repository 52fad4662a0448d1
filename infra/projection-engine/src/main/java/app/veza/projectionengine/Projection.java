package app.veza.projectionengine;

import java.util.Set;

/** A fold of the log into a read model. No clock, no randomness, no serials in it: rebuilt, it must come out the same. */
public sealed interface Projection permits SqlProjection, RedisProjection {
    /** Lower-case letters, digits and underscores, starting with a letter; part of schema and key names. */
    String name();

    /** Raised whenever the shape or the meaning of the read model changes; each version is filled from position 0. */
    int version();

    /** Registered names of the events it handles; others only move its position. */
    Set<String> eventTypes();
}
