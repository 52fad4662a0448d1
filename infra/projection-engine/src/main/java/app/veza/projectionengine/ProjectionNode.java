package app.veza.projectionengine;

import java.time.Duration;

/**
 * This engine among those of other nodes that run the same projections.
 *
 * @param id unique among them
 * @param beat how often it says that it lives
 * @param lease how long after its last beat others take its projections over
 */
public record ProjectionNode(String id, Duration beat, Duration lease) {
    public ProjectionNode {
        if (id.isBlank()) {
            throw new IllegalArgumentException("A node that shares projections with others needs an id");
        }
        if (!beat.isPositive() || lease.compareTo(beat.multipliedBy(2)) < 0) {
            throw new IllegalArgumentException("A lease holds at least two beats, not %s of %s".formatted(lease, beat));
        }
    }

    public static ProjectionNode of(String id) {
        return new ProjectionNode(id, Duration.ofMillis(500), Duration.ofSeconds(3));
    }
}
