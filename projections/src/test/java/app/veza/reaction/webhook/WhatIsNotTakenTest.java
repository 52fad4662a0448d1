package app.veza.reaction.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import app.veza.event.notification.WebhookDisabled;
import app.veza.event.notification.WebhookDisabled.Cause;
import app.veza.event.notification.WebhookEnabled;
import app.veza.event.notification.WebhookTestRequested;
import app.veza.event.notification.WebhookType;
import app.veza.reaction.webhook.WebhookTransport.Answer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What becomes of what a webhook does not take, and of the webhook. */
class WhatIsNotTakenTest extends WebhookStage {

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

    @Test
    void isTriedAgainUnderTheSameIdAndAllElseWaitsWithIt() throws SQLException {
        WebhookReaction reaction = following(log);
        log.append(
                registered(one, room, WebhookType.MESSAGE_SENT),
                registered(other, room, WebhookType.MESSAGE_SENT),
                said(room, "first"));
        reaction.follow();
        answer = post -> post.webhook().equals(one.toString()) ? BROKEN : GOOD;
        deliverAll(reaction);
        log.append(said(room, "second"));
        reaction.follow();
        deliverAll(reaction);

        assertThat(told(one)).containsExactly(3L);
        assertThat(told(other)).containsExactly(3L, 4L);

        answer = post -> GOOD;
        waitLong();
        deliverAll(reaction());
        assertThat(told(one)).containsExactlyInAnyOrder(3L, 3L, 4L);
        assertThat(posts.stream()
                        .filter(post -> post.webhook().equals(one.toString()) && post.position() == 3)
                        .map(Post::id)
                        .distinct())
                .hasSize(1);
        deliverAll(reaction());
        assertThat(outcomes()).isEqualTo(Map.of("sent", 4L));
    }

    @Test
    void isTriedTenTimesAndThenTheWebhookIsDisabled() throws SQLException {
        WebhookReaction reaction = following(log);
        log.append(registered(one, room, WebhookType.MESSAGE_SENT), said(room, "never taken"));
        reaction.follow();
        answer = post -> new Answer(null, "timeout");
        for (Duration pause : PAUSES) {
            deliverAll(reaction);
            assertThat(disabled).isEmpty();
            long rest = Long.parseLong(
                    rows("select (extract(epoch from due_at - tried_at) * 1000)::bigint from reaction.webhook")
                            .getFirst());
            assertThat(rest).isBetween(pause.toMillis(), (long) (pause.toMillis() * 1.1) + 2_000);
            waitLong();
        }
        deliverAll(reaction);

        assertThat(posts).hasSize(10);
        assertThat(disabled).isEqualTo(Map.of(one, Cause.FAILING));
        assertThat(turns.last(Set.of(one, other)).get(one).answer()).isEqualTo("timeout");
        waitLong();
        deliverAll(reaction);
        assertThat(posts).hasSize(10);
    }

    @Test
    void isGivenUpAloneWhereAllElseIsTaken() throws SQLException {
        WebhookReaction reaction = following(log);
        log.append(registered(one, room, WebhookType.MESSAGE_SENT), said(room, "poison"));
        reaction.follow();
        answer = post -> post.position() == 2 ? BROKEN : GOOD;
        for (int attempt = 1; attempt <= 10; attempt++) {
            deliverAll(reaction);
            log.append(said(room, "good"));
            reaction.follow();
            waitLong();
            deliverAll(reaction);
        }

        assertThat(told(one).stream().filter(position -> position == 2)).hasSize(10);
        assertThat(outcomes()).isEqualTo(Map.of("given-up", 1L, "sent", 10L));
        assertThat(disabled).isEmpty();
    }

    @Test
    void disablesAtOnceWhatSaysThatItIsGone() throws SQLException {
        WebhookReaction reaction = following(log);
        log.append(registered(one, room, WebhookType.MESSAGE_SENT), said(room, "first"), said(room, "second"));
        reaction.follow();
        answer = post -> new Answer(410, null);
        deliverAll(reaction);

        assertThat(told(one)).containsExactly(2L);
        assertThat(disabled).isEqualTo(Map.of(one, Cause.GONE));
        assertThat(outcomes()).isEqualTo(Map.of("given-up", 1L, "needless", 1L));
    }

    @Test
    void isNotKeptWithoutBound() throws SQLException {
        WebhookReaction reaction = following(log);
        log.append(
                registered(one, room, WebhookType.MESSAGE_SENT),
                registered(other, room, WebhookType.MESSAGE_SENT),
                said(room, "first"));
        reaction.follow();
        String waiting = """
                    insert into reaction.outbox (log_id, position, channel, recipient, due_at)
                    select 'a log', n, 'webhook', '%s', 'infinity' from generate_series(1, %d) n""";
        sql(waiting.formatted(one, 100_000));
        sql(waiting.formatted(other, 99_999));
        reaction.tidy();

        assertThat(disabled).isEqualTo(Map.of(one, Cause.FAILING));
        assertThat(outcomes()).isEqualTo(Map.of("needless", 100_001L, "waits", 100_000L));
    }

    @Test
    void isARedirectToo() throws SQLException {
        WebhookReaction reaction = following(log);
        log.append(registered(one, room, WebhookType.MESSAGE_SENT), said(room, "elsewhere"));
        reaction.follow();
        answer = post -> new Answer(301, null);
        deliverAll(reaction);

        assertThat(outcomes()).isEqualTo(Map.of("waits", 1L));
        assertThat(turns.oldest()).isBetween(Duration.ZERO, Duration.ofMinutes(1));
    }

    @Test
    void needNotWaitOnceAPersonTests() throws SQLException {
        WebhookReaction reaction = following(log);
        log.append(registered(one, room, WebhookType.MESSAGE_SENT), said(room, "first"));
        reaction.follow();
        answer = post -> BROKEN;
        deliverAll(reaction);
        waitLong();
        deliverAll(reaction);
        answer = post -> GOOD;
        log.append(new WebhookTestRequested(one, ann));
        reaction.follow();
        deliverAll(reaction);

        assertThat(told(one)).containsExactlyInAnyOrder(2L, 2L, 2L, 3L);
        assertThat(posts.getLast().type()).isEqualTo("webhook.test");
    }

    @Test
    void isForgottenWhenTheWebhookIsDisabledByHand() throws SQLException {
        WebhookReaction reaction = following(log);
        log.append(registered(one, room, WebhookType.MESSAGE_SENT), said(room, "first"));
        reaction.follow();
        answer = post -> BROKEN;
        deliverAll(reaction);
        log.append(new WebhookDisabled(one, ann, Cause.BY_OWNER), new WebhookEnabled(one, ann), said(room, "second"));
        reaction.follow();
        answer = post -> GOOD;
        deliverAll(reaction);

        assertThat(told(one)).as("at once, and nothing of before").containsExactly(2L, 5L);
    }
}
