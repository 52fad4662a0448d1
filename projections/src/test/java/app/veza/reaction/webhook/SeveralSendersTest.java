package app.veza.reaction.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.veza.event.notification.WebhookDisabled;
import app.veza.event.notification.WebhookDisabled.Cause;
import app.veza.event.notification.WebhookEnabled;
import app.veza.event.notification.WebhookType;
import app.veza.projection.kit.History;
import app.veza.projectionengine.EventLog;
import app.veza.projectionengine.LoggedEvent;
import app.veza.reaction.webhook.Turns.Turn;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Nodes that share the outbox, die, are late, or have another log. */
class SeveralSendersTest extends WebhookStage {

    private static final Duration LEASE = Duration.ofMinutes(1);

    @Test
    void eachIsToldOnce() throws SQLException {
        WebhookReaction here = following(log);
        WebhookReaction there = following(log);
        log.append(registered(one, room, WebhookType.MESSAGE_SENT), said(room, "first"), said(room, "second"));
        here.follow();
        there.follow();
        here.follow();
        deliverAll(there);
        deliverAll(here);

        assertThat(told(one)).containsExactly(2L, 3L);
    }

    /** However long its things have waited: who answers late, with much to be told, kept all others from their turn. */
    @Test
    void whoHadATurnIsBehindAllWhoseTurnItIs() throws SQLException {
        WebhookReaction reaction = following(log);
        log.append(
                registered(one, room, WebhookType.MESSAGE_SENT),
                said(room, "first"),
                said(room, "second"),
                said(room, "third"));
        reaction.follow();
        sql("update reaction.webhook set due_at = due_at - interval '1 hour'");
        sql("update reaction.outbox set retry_at = retry_at - interval '1 hour'");
        UUID later = UUID.randomUUID();
        log.append(registered(other, later, WebhookType.MESSAGE_SENT), said(later, "first"));
        reaction.follow();

        Turn first = turns.takeTurn(LEASE).orElseThrow();
        assertThat(first.webhookId()).isEqualTo(one);
        turns.taken(first, "204");
        assertThat(turns.takeTurn(LEASE)).map(Turn::webhookId).hasValue(other);
    }

    /** Both read the same events at once; the slower one then sees the webhook disabled that is enabled again. */
    @Test
    void oneThatIsLateDropsNothingThatCameSince() throws SQLException {
        WebhookReaction here = following(log);
        WebhookReaction there = following(log);
        log.append(
                registered(one, room, WebhookType.MESSAGE_SENT),
                new WebhookDisabled(one, ann, Cause.BY_OWNER),
                new WebhookEnabled(one, ann),
                said(room, "first"));
        here.follow();
        List<? extends LoggedEvent> batch = log.read(0, 10);
        there.continueAt(log.logId(), 0);
        for (LoggedEvent event : batch) {
            there.recipients(event);
        }
        deliverAll(here);

        assertThat(told(one)).containsExactly(4L);
    }

    @Test
    void whatIsBeingSentIsSentByNobodyElseThoughItsWebhookIsDisabledAndEnabledMeanwhile() throws SQLException {
        WebhookReaction reaction = following(log);
        log.append(registered(one, room, WebhookType.MESSAGE_SENT), said(room, "first"));
        reaction.follow();
        Turn first = turns.takeTurn(LEASE).orElseThrow();
        log.append(new WebhookDisabled(one, ann, Cause.BY_OWNER), new WebhookEnabled(one, ann), said(room, "second"));
        reaction.follow();
        Turn second = turns.takeTurn(LEASE).orElseThrow();
        assertThat(second.entry().position()).isEqualTo(5);

        turns.taken(first, "204");
        assertThat(turns.takeTurn(LEASE)).as("the second is being sent").isEmpty();
        turns.taken(second, "204");
        assertThat(outcomes()).isEqualTo(Map.of("sent", 2L));
    }

    @Test
    void oneThatHasNotReadThatFarYetLosesNothing() throws SQLException {
        var late = new Object() {
            boolean isLate = true;
        };
        EventLog behind = (EventLog) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {EventLog.class},
                (proxy, method, arguments) ->
                        late.isLate && method.getName().equals("read") ? List.of() : method.invoke(log, arguments));
        WebhookReaction here = following(log);
        log.append(registered(one, room, WebhookType.MESSAGE_SENT), said(room, "first"));
        here.follow();
        WebhookReaction there = reaction(behind, Runnable::run);
        deliverAll(there);
        assertThat(posts).isEmpty();
        assertThat(outcomes()).isEqualTo(Map.of("waits", 1L));

        late.isLate = false;
        waitLong();
        deliverAll(there);
        assertThat(told(one)).containsExactly(2L);
    }

    /** It would have each wait for a minute, and count as tried. */
    @Test
    void oneThatIsCutOffFromTheLogTakesNothingFromTheOthers() throws Exception {
        EventLog cutOff = (EventLog) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {EventLog.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "read" -> List.of();
                    case "chainHash" -> Optional.empty();
                    case "isCaughtUp" -> false;
                    default -> method.invoke(log, arguments);
                });
        WebhookReaction here = following(log);
        log.append(registered(one, room, WebhookType.MESSAGE_SENT), said(room, "first"));
        here.follow();
        try (WebhookReaction there = reaction(cutOff, Runnable::run)) {
            there.start();
            Awaitility.await()
                    .during(Duration.ofSeconds(3))
                    .until(() -> rows("select attempts from reaction.outbox").equals(List.of("0")));
        }
        deliverAll(here);
        assertThat(told(one)).containsExactly(2L);
    }

    @Test
    void whoDiesBehindTheSendingHasItSentAgainUnderTheSameId() throws SQLException {
        WebhookReaction dying = following(log);
        log.append(registered(one, room, WebhookType.MESSAGE_SENT), said(room, "first"));
        dying.follow();
        answer = post -> {
            throw new IllegalStateException("killed");
        };
        dying.deliver();
        deliverAll(reaction());
        assertThat(posts).as("for a while it is that one's").hasSize(1);

        answer = post -> GOOD;
        waitLong();
        deliverAll(reaction());
        deliverAll(reaction());
        assertThat(posts).hasSize(2);
        assertThat(posts.getLast().id()).isEqualTo(posts.getFirst().id());
        assertThat(posts.getLast().raw()).isEqualTo(posts.getFirst().raw());
    }

    @Test
    void oneThatTakesItsTimeHoldsUpItselfAlone() throws SQLException {
        var slow = new CountDownLatch(1);
        WebhookReaction reaction = reaction(log, work -> Thread.ofVirtual().start(work));
        reaction.follow();
        log.append(
                registered(one, room, WebhookType.MESSAGE_SENT),
                registered(other, room, WebhookType.MESSAGE_SENT),
                said(room, "first"),
                said(room, "second"));
        reaction.follow();
        answer = post -> {
            if (post.webhook().equals(one.toString())) {
                await(slow);
            }
            return GOOD;
        };
        deliverAll(reaction);
        Awaitility.await().untilAsserted(() -> {
            deliverAll(reaction);
            assertThat(told(other)).containsExactly(3L, 4L);
        });
        assertThat(told(one)).as("one at a time").hasSizeLessThanOrEqualTo(1);

        slow.countDown();
        Awaitility.await().untilAsserted(() -> {
            deliverAll(reaction);
            assertThat(told(one)).containsExactly(3L, 4L);
        });
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void ofALogThatWasReplacedNothingIsSent() throws SQLException {
        WebhookReaction before = following(log);
        log.append(registered(one, room, WebhookType.MESSAGE_SENT), said(room, "first"));
        before.follow();

        var restored = new History();
        restored.append(registered(one, room, WebhookType.MESSAGE_SENT), said(room, "another"));
        WebhookReaction after = following(restored);
        deliverAll(after);
        assertThat(posts).isEmpty();
        restored.append(said(room, "since then"));
        after.follow();
        deliverAll(after);
        assertThat(told(one)).containsExactly(3L);
    }

    @Test
    void whatTheLogDoesNotHoldIsNotFollowed() throws SQLException {
        WebhookReaction reaction = following(log);
        log.append(registered(one, room, WebhookType.MESSAGE_SENT), said(room, "lost"));
        reaction.follow();
        log.loseAllBehind(1);

        assertThatThrownBy(reaction::follow).hasMessageContaining("position 2");
        deliverAll(reaction);
        assertThat(posts).as("under another id by now").isEmpty();
    }
}
