package app.veza.server.node;

import app.veza.event.EventTags;
import app.veza.event.EventTypes;
import app.veza.event.VezaEvent;
import app.veza.event.identity.ClaimedEmailReused;
import app.veza.event.identity.EmailVerificationRequested;
import app.veza.eventstore.Browsing;
import app.veza.eventstore.Criteria;
import app.veza.eventstore.Criterion;
import app.veza.eventstore.EventLog;
import app.veza.eventstore.EventQuery;
import app.veza.eventstore.Tag;
import app.veza.eventstore.axon.PersonalTags;
import app.veza.projectionengine.LoggedEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Whether a mail would be one too many for its address: anybody may register with anybody's address, under a new name each time, and
 * each time a mail follows. Looked up in the log, so that it comes out the same on every node and whenever a mail is tried again.
 */
final class MailFlood implements Predicate<LoggedEvent> {

    static final int MOST_AN_HOUR = 10;
    private static final Duration HOUR = Duration.ofHours(1);

    private final EventLog log;
    private final PersonalTags personalTags;

    MailFlood(EventLog log, PersonalTags personalTags) {
        this.log = log;
        this.personalTags = personalTags;
    }

    @Override
    public boolean test(LoggedEvent event) {
        return switch (event.payload()) {
            case EmailVerificationRequested asked ->
                isOneTooMany(
                        event,
                        EmailVerificationRequested.class,
                        new Tag(EventTags.EMAIL, personalTags.storedValue(EventTags.EMAIL, asked.emailKey())));
            case ClaimedEmailReused reused ->
                isOneTooMany(
                        event,
                        ClaimedEmailReused.class,
                        new Tag(EventTags.PERSON, reused.personId().toString()));
            case null, default -> false;
        };
    }

    /** Newest first, so that what is read does not grow with what there was. */
    private boolean isOneTooMany(LoggedEvent event, Class<? extends VezaEvent> type, Tag address) {
        Instant from = event.timestamp().minus(HOUR);
        Browsing before = log.browse(
                EventQuery.of(Criteria.anyOf(new Criterion(Set.of(EventTypes.nameOf(type)), Set.of(address))))
                        .upTo(event.position() - 1)
                        .backwards());
        int found = 0;
        while (found < MOST_AN_HOUR
                && before.hasNext()
                && before.next().timestamp().isAfter(from)) {
            found++;
        }
        return found == MOST_AN_HOUR;
    }
}
