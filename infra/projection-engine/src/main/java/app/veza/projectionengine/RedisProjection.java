package app.veza.projectionengine;

import java.util.List;

/** A projection into Redis keys below {@code {name:version:partition}}. */
public non-sealed interface RedisProjection extends Projection {
    /**
     * Turns a batch, in order of position, into operations; the engine runs them and the position's compare-and-set in
     * one script. It reads nothing: an operation must not depend on what Redis holds, except as the operation itself does.
     *
     * @param events handled events only, at least one
     */
    void apply(RedisBatch batch, List<Recorded<?>> events);
}
