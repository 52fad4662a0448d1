package app.veza.reaction.mail;

import app.veza.projectionengine.EventLog;
import app.veza.projectionengine.LoggedEvent;
import app.veza.reaction.mail.Outbox.Addition;
import app.veza.reaction.mail.Outbox.Entry;
import app.veza.reaction.mail.Outbox.Place;
import app.veza.reaction.mail.Outbox.Settled;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the log from where any node has followed it to, notes in the outbox which mails follow from it, and sends them. A mail is
 * sent once, and again only when a node died between sending and noting it; its id is the same then.
 */
public final class MailReaction implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(MailReaction.class);
    private static final int BATCH = 1000;
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final Duration KEPT = Duration.ofDays(30);

    /** With pauses that double up to an hour: some three days. */
    private static final int MOST_ATTEMPTS = 80;

    private final EventLog events;
    private final Outbox outbox;
    private final IdentityMails mails;
    private final Predicate<LoggedEvent> isOneTooMany;
    private final MailTransport transport;
    private final Runnable prepare;
    private final Thread thread = Thread.ofVirtual().name("mail-reaction").unstarted(this::run);
    private volatile boolean closed;

    /**
     * @param isOneTooMany whether the mail of an event is not sent for what was sent before; the same whenever it is asked
     * @param prepare makes the tables where there are none yet; called until it succeeds
     */
    public MailReaction(
            EventLog events,
            DataSource database,
            IdentityMails mails,
            Predicate<LoggedEvent> isOneTooMany,
            MailTransport transport,
            Runnable prepare) {
        this.events = events;
        this.outbox = new Outbox(database);
        this.mails = mails;
        this.isOneTooMany = isOneTooMany;
        this.transport = transport;
        this.prepare = prepare;
    }

    public void start() {
        thread.start();
    }

    private void run() {
        boolean prepared = false;
        while (!closed) {
            try {
                if (!prepared) {
                    prepare.run();
                    outbox.forgetSettled(KEPT);
                    prepared = true;
                }
                long position = follow();
                if (!deliver()) {
                    events.awaitPast(position, LOOK);
                }
            } catch (InterruptedException interrupted) {
                closed = true;
            } catch (SQLException | RuntimeException failure) {
                if (!closed) {
                    log.warn("Mails wait: what they follow from cannot be read or noted now", failure);
                    LockSupport.parkNanos(LOOK.toNanos());
                }
            }
        }
    }

    /**
     * One batch; what was read is noted together with how far.
     *
     * @throws IllegalStateException while the log does not hold what was seen to in it: nothing of it may be sent
     */
    long follow() throws SQLException {
        String logId = events.logId();
        Place reached = outbox.place(logId, events.head());
        requireHeld(logId, reached);
        long position = reached.position();
        List<? extends LoggedEvent> batch = events.read(position, BATCH);
        if (batch.isEmpty() || !events.logId().equals(logId)) {
            return position;
        }
        List<Addition> additions = new ArrayList<>();
        for (LoggedEvent event : batch) {
            Object payload = IdentityMails.TYPES.contains(event.type()) ? event.payload() : null;
            if (payload != null) {
                additions.add(new Addition(event.position(), IdentityMails.recipient(payload)));
            }
        }
        LoggedEvent last = batch.getLast();
        outbox.advance(logId, position, last.position(), last.chainHash(), additions);
        return last.position();
    }

    /** A log that is late here is waited for; one that lost its end gets another id, and is followed from its end as a restored one is. */
    private void requireHeld(String logId, Place reached) {
        if (holds(reached)) {
            return;
        }
        if (events.isCaughtUp() && !holds(reached) && events.logId().equals(logId)) {
            events.disown(logId, reached.known(), reached.chain());
        }
        throw new IllegalStateException("Log %s does not hold, or not yet, what was seen to at its position %d"
                .formatted(logId, reached.known()));
    }

    private boolean holds(Place reached) {
        return reached.chain().length == 0
                || events.chainHash(reached.known())
                        .filter(hash -> Arrays.equals(hash, reached.chain()))
                        .isPresent();
    }

    /** One mail; whether there was any that was due. */
    boolean deliver() throws SQLException {
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

    /** Of a log that was replaced since, nothing is sent: its positions mean other events now. */
    private Optional<Mail> mail(Entry entry) {
        if (!entry.logId().equals(events.logId())) {
            return Optional.empty();
        }
        return events.read(entry.position() - 1, 1).stream()
                .findFirst()
                .filter(event -> IdentityMails.TYPES.contains(event.type()) && !isOneTooMany.test(event))
                .flatMap(event -> Optional.ofNullable(event.payload()))
                .flatMap(mails::of);
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.interrupt();
        thread.join(LOOK);
    }
}
