package app.veza.reaction.mail;

import app.veza.projectionengine.EventLog;
import app.veza.projectionengine.LoggedEvent;
import app.veza.reaction.Outbox;
import app.veza.reaction.Outbox.Entry;
import app.veza.reaction.Outbox.Settled;
import app.veza.reaction.Reaction;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Mails, each sent once, and again only when a node died between sending and noting it; its id is the same then. */
public final class MailReaction extends Reaction {

    private static final Logger log = LoggerFactory.getLogger(MailReaction.class);

    /** Longer than one mail may take its transport: another node would send it beside this one. */
    private static final Duration LEASE = Duration.ofMinutes(6);

    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final Duration KEPT = Duration.ofDays(30);

    /** With pauses that double up to an hour: some three days. */
    private static final int MOST_ATTEMPTS = 80;

    private final Outbox outbox;
    private final Mails mails;
    private final Predicate<LoggedEvent> isOneTooMany;
    private final MailTransport transport;

    /**
     * @param isOneTooMany whether the mail of an event is not sent for what was sent before; the same whenever it is asked
     * @param prepare makes the tables where there are none yet; called until it succeeds
     */
    public MailReaction(
            EventLog events,
            DataSource database,
            Mails mails,
            Predicate<LoggedEvent> isOneTooMany,
            MailTransport transport,
            Runnable prepare) {
        this(events, new Outbox(database, "mail", "email"), mails, isOneTooMany, transport, prepare);
    }

    private MailReaction(
            EventLog events,
            Outbox outbox,
            Mails mails,
            Predicate<LoggedEvent> isOneTooMany,
            MailTransport transport,
            Runnable prepare) {
        super(events, outbox, KEPT, prepare);
        this.outbox = outbox;
        this.mails = mails;
        this.isOneTooMany = isOneTooMany;
        this.transport = transport;
    }

    /** For how long a mail that is due has waited to be tried, at most, on all nodes: a server that takes none is no reason. */
    public Duration overdue() throws SQLException {
        return outbox.overdue();
    }

    @Override
    protected Collection<UUID> recipients(LoggedEvent event) {
        Object payload = Mails.TYPES.contains(event.type()) ? event.payload() : null;
        return payload == null ? List.of() : List.of(Mails.recipient(payload));
    }

    /** One mail. */
    @Override
    protected boolean deliver() throws SQLException {
        Optional<Entry> due = outbox.take(LEASE);
        if (due.isEmpty()) {
            return false;
        }
        Entry entry = due.get();
        Optional<Mail> mail = mail(entry);
        if (mail.isEmpty()) {
            outbox.settle(entry, Settled.NEEDLESS);
            return true;
        }
        String id = "%s.%d.%s".formatted(entry.logId(), entry.position(), entry.recipient());
        switch (transport.send(id, mail.get())) {
            case SENT -> outbox.settle(entry, Settled.SENT);
            case REFUSED -> {
                log.warn("The mail of position {} was refused: it is not tried again", entry.position());
                outbox.settle(entry, Settled.REFUSED);
            }
            case UNAVAILABLE -> postpone(entry);
        }
        return true;
    }

    private void postpone(Entry entry) throws SQLException {
        if (entry.attempts() >= MOST_ATTEMPTS) {
            log.error("The mail of position {} was given up after {} attempts", entry.position(), entry.attempts());
            outbox.settle(entry, Settled.GIVEN_UP);
        } else {
            long seconds = 1L << Math.min(entry.attempts(), 12);
            outbox.retryIn(entry, Duration.ofSeconds(Math.min(seconds, LONGEST_PAUSE.toSeconds())));
        }
    }

    private Optional<Mail> mail(Entry entry) {
        return event(entry)
                .filter(event -> Mails.TYPES.contains(event.type()) && !isOneTooMany.test(event))
                .flatMap(event -> Optional.ofNullable(event.payload()))
                .flatMap(mails::of);
    }
}
