package app.veza.eventstore;

import java.util.List;

/**
 * Events of one correlation.
 *
 * @param events the first of them, in order
 * @param isWhole false: there are more than were asked for, or than are read at once
 */
public record Correlation(List<RecordedEvent> events, boolean isWhole) {}
