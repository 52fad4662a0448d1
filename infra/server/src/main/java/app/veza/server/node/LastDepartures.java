package app.veza.server.node;

import app.veza.event.EventTags;
import app.veza.event.EventTypes;
import app.veza.event.chat.MemberLeft;
import app.veza.eventstore.Browsing;
import app.veza.eventstore.Criteria;
import app.veza.eventstore.Criterion;
import app.veza.eventstore.EventLog;
import app.veza.eventstore.EventQuery;
import app.veza.eventstore.Tag;
import app.veza.query.chat.Departures;
import java.util.Set;
import java.util.UUID;

/** From this node's index of the log, where a removal is within milliseconds. */
final class LastDepartures implements Departures {

    private static final Set<String> TYPES = Set.of(EventTypes.nameOf(MemberLeft.class));

    private final EventLog log;

    LastDepartures(EventLog log) {
        this.log = log;
    }

    @Override
    public long lastOf(UUID person) {
        Criteria departures =
                Criteria.anyOf(new Criterion(TYPES, Set.of(new Tag(EventTags.PERSON, person.toString()))));
        Browsing last = log.browse(EventQuery.of(departures).backwards());
        return last.hasNext() ? last.next().position() : 0;
    }
}
