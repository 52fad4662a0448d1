package app.veza.command;

import app.veza.event.VezaEvent;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.SourcingCondition;
import org.axonframework.messaging.eventhandling.conversion.EventConverter;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.springframework.stereotype.Component;

/**
 * Past events outside of a decision. What is read here may be outdated a moment later: a rule is checked in a
 * {@link Decider} only.
 */
@Component
public final class History {

    private final EventStorageEngine engine;
    private final EventConverter converter;

    public History(EventStorageEngine engine, EventConverter converter) {
        this.engine = engine;
        this.converter = converter;
    }

    /** All events that match, in the order of the log. */
    public List<VezaEvent> read(EventCriteria criteria) {
        return engine.source(SourcingCondition.conditionFor(criteria), null)
                .reduce(new ArrayList<VezaEvent>(), (events, entry) -> {
                    EventPayloads.payloadOf(entry.message(), converter).ifPresent(events::add);
                    return events;
                })
                .join();
    }
}
