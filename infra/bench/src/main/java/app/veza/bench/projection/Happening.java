package app.veza.bench.projection;

import app.veza.event.VezaEvent;
import java.time.Instant;
import java.util.List;

/**
 * What one command would have appended.
 *
 * @param position of its first event, in a log that holds the history and nothing else
 */
public record Happening(long position, Instant at, List<VezaEvent> events) {}
