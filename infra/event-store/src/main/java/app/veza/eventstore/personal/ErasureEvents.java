package app.veza.eventstore.personal;

import app.veza.eventstore.NewEvent;
import app.veza.eventstore.RecordedEvent;
import java.util.function.Function;

/**
 * How an erasure stands in the log.
 *
 * @param type of the event that says that a subject is erased; it holds nothing personal
 * @param subject whom such an event is about
 * @param event to append for a subject who was erased before the log was restored; it bears a tag that no other subject's has
 */
public record ErasureEvents(String type, Function<RecordedEvent, String> subject, Function<String, NewEvent> event) {}
