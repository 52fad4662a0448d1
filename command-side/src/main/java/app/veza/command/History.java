package app.veza.command;

import app.veza.event.VezaEvent;
import app.veza.eventstore.AppendFailure;
import app.veza.eventstore.PositionNotReachedException;
import app.veza.eventstore.axon.JetStreamEventStorageEngine;
import app.veza.eventstore.command.CommandOptions;
import app.veza.eventstore.command.EventLogUnavailableException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.Position;
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

    /**
     * Waits until what is read here is no older than a position.
     *
     * @return how far it reaches: what is read next is no older
     * @throws PositionNotReachedException when the log does not reach that far, as far as is known here
     * @throws EventLogUnavailableException when this node has not read that far in time
     */
    public long await(long position) {
        try {
            return ((JetStreamEventStorageEngine) engine).awaitIndexed(position);
        } catch (AppendFailure.Unavailable unavailable) {
            throw unavailable(unavailable);
        }
    }

    /** The same, with the time of each. */
    public List<Dated> readDated(EventCriteria criteria) {
        return read(SourcingCondition.conditionFor(criteria));
    }

    /** The last one that matches, found from the log's end, however many there are. */
    public Optional<Dated> last(EventCriteria criteria) {
        Position beforeLast;
        try {
            beforeLast = ((JetStreamEventStorageEngine) engine).beforeLast(criteria);
        } catch (AppendFailure.Unavailable unavailable) {
            throw unavailable(unavailable);
        }
        return read(SourcingCondition.conditionFor(beforeLast, criteria)).stream()
                .reduce((earlier, later) -> later);
    }

    private List<Dated> read(SourcingCondition condition) {
        try {
            return engine.source(condition, null)
                    .reduce(new ArrayList<Dated>(), (events, entry) -> {
                        if (entry.message().payload() instanceof VezaEvent event) {
                            events.add(new Dated(event, entry.message().timestamp(), following(entry.message())));
                        }
                        return events;
                    })
                    .join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof AppendFailure.Unavailable unavailable) {
                throw unavailable(unavailable);
            }
            throw e;
        }
    }

    private static CommandOptions following(EventMessage message) {
        return CommandOptions.causedBy(message.identifier(), message.metadata().get(CommandOptions.CORRELATION));
    }

    private static EventLogUnavailableException unavailable(AppendFailure.Unavailable cause) {
        return new EventLogUnavailableException(cause.getMessage(), cause.retryAfter(), cause);
    }
}
