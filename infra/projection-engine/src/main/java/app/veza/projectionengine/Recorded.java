package app.veza.projectionengine;

import java.time.Instant;

/** Event with its envelope as a projector sees it. */
public record Recorded<E>(long position, Instant timestamp, E event) {}
