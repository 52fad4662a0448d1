package app.veza.command;

import app.veza.event.VezaEvent;
import app.veza.eventstore.AppendFailure;
import app.veza.eventstore.command.CommandOptions;
import app.veza.eventstore.command.EventLogUnavailableException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.SourcingCondition;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.springframework.stereotype.Component;

/**
 * Past events outside of a decision. What is read here may be outdated a moment later: a rule is checked in a
 * {@link Decider} only.
 */
@Component
public final class History {

    private final EventStorageEngine engine;

    public History(EventStorageEngine engine) {
        this.engine = engine;
    }

    /**
     * @param at when it was appended
     * @param following of a command that follows from it
     */
    public record Dated(VezaEvent event, Instant at, CommandOptions following) {}

    /**
     * All events that match, in the order of the log, up to the last that this node knows to be stored.
     *
     * @throws EventLogUnavailableException when the log cannot be read that far
     */
    public List<VezaEvent> read(EventCriteria criteria) {
        return readDated(criteria).stream().map(Dated::event).toList();
    }

    private static CommandOptions following(EventMessage message) {
        return CommandOptions.causedBy(message.identifier(), message.metadata().get(CommandOptions.CORRELATION));
    }

    /** The same, with the time of each. */
    public List<Dated> readDated(EventCriteria criteria) {
        try {
            return engine.source(SourcingCondition.conditionFor(criteria), null)
                    .reduce(new ArrayList<Dated>(), (events, entry) -> {
                        if (entry.message().payload() instanceof VezaEvent event) {
                            events.add(new Dated(event, entry.message().timestamp(), following(entry.message())));
                        }
                        return events;
                    })
                    .join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof AppendFailure.Unavailable unavailable) {
                throw new EventLogUnavailableException(unavailable.getMessage(), unavailable.retryAfter(), unavailable);
            }
            throw e;
        }
    }
}
