package app.veza.server.node;

import app.veza.event.EventTags;
import app.veza.event.identity.EmailVerificationRequested;
import app.veza.event.identity.PasswordResetRequested;
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
 * each time a mail follows, as from whatever they change about such an account. Looked up in the log, so that it comes out the same on every node and whenever a mail is tried again.
 */
final class MailFlood implements Predicate<LoggedEvent> {

    static final int MOST_AN_HOUR = 10;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final String PERSON = EventTags.PERSON + ":";

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
                        event.type(),
                        new Tag(EventTags.EMAIL, personalTags.storedValue(EventTags.EMAIL, asked.emailKey())));
            // Never withheld: whoever asked ten times for somebody else would keep them from theirs
            case PasswordResetRequested asked -> false;
            case null -> false;
            default ->
                event.tags().stream()
                        .filter(tag -> tag.startsWith(PERSON))
                        .anyMatch(person -> isOneTooMany(
                                event, event.type(), new Tag(EventTags.PERSON, person.substring(PERSON.length()))));
        };
    }

    /** Newest first, so that what is read does not grow with what there was. */
    private boolean isOneTooMany(LoggedEvent event, String type, Tag address) {
        Instant from = event.timestamp().minus(HOUR);
        Browsing before = log.browse(EventQuery.of(Criteria.anyOf(new Criterion(Set.of(type), Set.of(address))))
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
