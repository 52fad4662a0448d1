package app.veza.reaction.webhook;

import app.veza.event.EventTypes;
import app.veza.event.notification.WebhookDisabled;
import app.veza.event.notification.WebhookDisabled.Cause;
import app.veza.event.notification.WebhookRemoved;
import app.veza.event.notification.WebhookTestRequested;
import app.veza.projectionengine.EventLog;
import app.veza.projectionengine.LoggedEvent;
import app.veza.reaction.Outbox.Entry;
import app.veza.reaction.Reaction;
import app.veza.reaction.webhook.Turns.Turn;
import app.veza.reaction.webhook.WebhookTransport.Answer;
import app.veza.reaction.webhook.Webhooks.Content;
import app.veza.reaction.webhook.Webhooks.Recipient;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells webhooks what happens, as the Standard Webhooks specification has it. What is not taken is tried again, under the same id; a
 * webhook that takes nothing in ten attempts on end is disabled, and so is one that says that it is gone.
 */
public final class WebhookReaction extends Reaction {

    private static final Logger log = LoggerFactory.getLogger(WebhookReaction.class);

    /** Longer than whatever one post takes. */
    private static final Duration LEASE = Duration.ofMinutes(1);

    private static final Duration KEPT = Duration.ofDays(3);
    private static final Duration END = Duration.ofSeconds(2);

    /** Between two attempts, as the specification proposes. */
    private static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(14),
            Duration.ofHours(20),
            Duration.ofHours(24));

    /** By so much of itself a pause is longer, at most: what failed together is not tried together again. */
    private static final double JITTER = 0.1;

    /** For one webhook. Whoever talks in a room could else fill the database of whoever keeps a dead webhook there. */
    private static final int MOST_WAITING = 100_000;

    private static final String TESTED = EventTypes.nameOf(WebhookTestRequested.class);
    private static final String DISABLED = EventTypes.nameOf(WebhookDisabled.class);
    private static final String REMOVED = EventTypes.nameOf(WebhookRemoved.class);

    private final EventLog events;
    private final Turns turns;
    private final Webhooks webhooks;
    private final WebhookTransport transport;
    private final InstantSource clock;
    private final Executor workers;
    private final int most;
    private final Semaphore idle;
    private final Subscriptions subscriptions = new Subscriptions();
    private final JsonMapper json = JsonMapper.builder().build();
    private volatile boolean stopping;

    /**
     * @param workers run what waits for webhooks
     * @param atOnce how many webhooks are sent something at a time
     * @param prepare makes the tables where there are none yet; called until it succeeds
     */
    public WebhookReaction(
            EventLog events,
            Turns turns,
            Webhooks webhooks,
            WebhookTransport transport,
            InstantSource clock,
            Executor workers,
            int atOnce,
            Runnable prepare) {
        super(events, turns, KEPT, prepare);
        this.events = events;
        this.turns = turns;
        this.webhooks = webhooks;
        this.transport = transport;
        this.clock = clock;
        this.workers = workers;
        this.most = atOnce;
        this.idle = new Semaphore(atOnce);
    }

    @Override
    protected void continueAt(String logId, long position) {
        subscriptions.continueAt(events, logId, position);
    }

    @Override
    protected Collection<UUID> recipients(LoggedEvent event) throws SQLException {
        subscriptions.pass(event);
        if (event.type().equals(TESTED) && event.payload() instanceof WebhookTestRequested tested) {
            turns.wake(tested.webhookId(), LEASE);
            return List.of(tested.webhookId());
        }
        if (event.type().equals(DISABLED) && event.payload() instanceof WebhookDisabled disabled) {
            turns.dropBefore(disabled.webhookId(), event.position());
        }
        if (event.type().equals(REMOVED) && event.payload() instanceof WebhookRemoved removed) {
            turns.dropBefore(removed.webhookId(), event.position());
        }
        return subscriptions.of(event);
    }

    @Override
    protected void tidy() throws SQLException {
        super.tidy();
        for (UUID webhookId : turns.overwhelmed(MOST_WAITING)) {
            webhooks.disable(webhookId, Cause.FAILING);
            turns.drop(webhookId);
        }
    }

    /** A worker goes on for as long as anything is due: one that takes its time holds up itself alone. */
    @Override
    protected boolean deliver() throws SQLException {
        if (stopping || !idle.tryAcquire()) {
            return false;
        }
        Optional<Turn> due;
        try {
            due = turns.takeTurn(LEASE);
        } catch (SQLException | RuntimeException failure) {
            idle.release();
            throw failure;
        }
        if (due.isEmpty()) {
            idle.release();
            return false;
        }
        workers.execute(() -> work(due.get()));
        return true;
    }

    private void work(Turn first) {
        try {
            for (Optional<Turn> turn = Optional.of(first);
                    turn.isPresent() && !stopping;
                    turn = turns.takeTurn(LEASE)) {
                take(turn.get());
            }
        } catch (SQLException | RuntimeException failure) {
            log.warn("A webhook waits: what it is to be told cannot be read or noted now", failure);
        } finally {
            idle.release();
        }
    }

    private void take(Turn turn) throws SQLException {
        // First: who it may be told to is decided by the log as far as this, at least
        Optional<LoggedEvent> event = event(turn.entry());
        Optional<Recipient> recipient = webhooks.recipient(turn.webhookId());
        if (recipient.isEmpty()) {
            turns.drop(turn.webhookId());
            return;
        }
        Optional<Content> content = event.flatMap(webhooks::content)
                .filter(told -> event.get().type().equals(TESTED)
                        || recipient.get().types().contains(told.type()));
        if (content.isEmpty()) {
            turns.needless(turn);
            return;
        }
        byte[] body = body(content.get(), event.get().timestamp());
        note(turn, transport.post(recipient.get().url(), headers(turn.entry(), recipient.get(), body), body));
    }

    private byte[] body(Content content, Instant at) {
        ObjectNode body = json.createObjectNode();
        body.put("type", content.type());
        body.put("timestamp", at.toString());
        body.set("data", content.data());
        return json.writeValueAsBytes(body);
    }

    private Map<String, String> headers(Entry entry, Recipient recipient, byte[] body) {
        String id = "%s-%d-%s".formatted(entry.logId(), entry.position(), entry.recipient());
        Instant now = clock.instant();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", Long.toString(now.getEpochSecond()));
        headers.put("webhook-signature", Signature.of(recipient.secrets(), id, now, body));
        return headers;
    }

    private void note(Turn turn, Answer answer) throws SQLException {
        int failures = turn.failures() + 1;
        int attempts = turn.entry().attempts();
        if (answer.isTaken()) {
            turns.taken(turn, answer.word());
        } else if (answer.isGone() || failures > PAUSES.size()) {
            // First, so that who dies in between tries once more and comes here again
            webhooks.disable(turn.webhookId(), answer.isGone() ? Cause.GONE : Cause.FAILING);
            turns.failed(turn, answer.word(), null, Duration.ZERO);
            turns.drop(turn.webhookId());
        } else {
            Duration retry = attempts > PAUSES.size() ? null : pause(attempts);
            turns.failed(turn, answer.word(), retry, pause(failures));
        }
    }

    /** @param attempt that failed, from 1 */
    private static Duration pause(int attempt) {
        Duration pause = PAUSES.get(attempt - 1);
        return pause.plusMillis(
                (long) (pause.toMillis() * JITTER * ThreadLocalRandom.current().nextDouble()));
    }

    @Override
    public void close() throws InterruptedException {
        stopping = true;
        super.close();
        if (!idle.tryAcquire(most, END.toMillis(), TimeUnit.MILLISECONDS)) {
            log.info("Some webhooks are being sent something: what they do not take now they are sent again");
        }
    }
}
