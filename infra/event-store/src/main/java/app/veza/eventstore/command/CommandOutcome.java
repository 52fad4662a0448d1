package app.veza.eventstore.command;

import java.util.List;
import java.util.Optional;

/**
 * What became of a command.
 *
 * @param position of the last event appended; when nothing was appended, of what the decision was made on
 * @param events payloads appended by this command, or by its first run when repeated, in their order
 * @param repeated whether an earlier run with the same command id had already appended them
 */
public record CommandOutcome(long position, List<Object> events, boolean repeated) {

    public CommandOutcome {
        events = List.copyOf(events);
    }

    /** The first event of a type among those appended. */
    public <E> Optional<E> event(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).findFirst();
    }
}
