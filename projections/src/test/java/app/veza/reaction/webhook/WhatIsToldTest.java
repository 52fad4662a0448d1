package app.veza.reaction.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import app.veza.event.chat.MemberLeft;
import app.veza.event.identity.PersonErased;
import app.veza.event.notification.WebhookChanged;
import app.veza.event.notification.WebhookDisabled;
import app.veza.event.notification.WebhookDisabled.Cause;
import app.veza.event.notification.WebhookEnabled;
import app.veza.event.notification.WebhookRemoved;
import app.veza.event.notification.WebhookType;
import app.veza.event.streaming.StreamWentLive;
import app.veza.projection.kit.History;
import com.standardwebhooks.Webhook;
import java.net.http.HttpHeaders;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Which events webhooks are told, and how. */
class WhatIsToldTest extends WebhookStage {

    @Test
    void isSignedAndComplete() throws Exception {
        WebhookReaction reaction = following(log);
        secrets = List.of(SECRET, FORMER);
        log.append(registered(one, room, WebhookType.MESSAGE_SENT), said(room, "Gr\u00fc\u00dfe \ud83d\udc4b"));
        reaction.follow();
        deliverAll(reaction);

        Post post = posts.getFirst();
        assertThat(post.id()).isEqualTo(log.logId() + "-2-" + one).doesNotContain(".");
        assertThat(post.body().propertyNames()).containsExactly("type", "timestamp", "data");
        assertThat(post.type()).isEqualTo("message.sent");
        assertThat(post.body().path("timestamp").asString())
                .isEqualTo(History.timeOf(2).toString());
        assertThat(post.body().at("/data/text").asString()).isEqualTo("Gr\u00fc\u00dfe \ud83d\udc4b");
        HttpHeaders headers = HttpHeaders.of(
                post.headers().entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, header -> List.of(header.getValue()))),
                (name, value) -> true);
        new Webhook(SECRET).verify(post.raw(), headers);
        new Webhook(FORMER).verify(post.raw(), headers);
    }

    @Test
    void isWhatIsWantedOfThatRoomSinceThen() throws SQLException {
        WebhookReaction reaction = following(log);
        log.append(
                said(room, "before"),
                registered(one, room, WebhookType.MESSAGE_SENT),
                registered(other, room, WebhookType.MEMBER_LEFT),
                said(room, "wanted"),
                said(UUID.randomUUID(), "elsewhere"),
                new MemberLeft(room, UUID.randomUUID(), ann),
                new WebhookChanged(one, ann, List.of(WebhookType.MEMBER_LEFT), "https://hooks.example/", null),
                said(room, "no longer wanted"),
                new MemberLeft(room, UUID.randomUUID(), ann));
        reaction.follow();
        deliverAll(reaction);

        assertThat(told(one)).containsExactly(4L, 9L);
        assertThat(told(other)).containsExactly(6L, 9L);
    }

    @Test
    void isOfOnesOwnStreams() throws SQLException {
        WebhookReaction reaction = following(log);
        log.append(
                registered(one, null, WebhookType.STREAM_STARTED),
                new StreamWentLive(UUID.randomUUID(), ann, "audio/webm"),
                new StreamWentLive(UUID.randomUUID(), UUID.randomUUID(), "audio/webm"));
        reaction.follow();
        deliverAll(reaction);

        assertThat(told(one)).containsExactly(2L);
    }

    @Test
    void isNothingThatHappenedBeforeItWasFollowed() throws SQLException {
        log.append(registered(one, room, WebhookType.MESSAGE_SENT), said(room, "over"));
        WebhookReaction reaction = following(log);
        log.append(said(room, "now"));
        reaction.follow();
        deliverAll(reaction);

        assertThat(told(one)).as("registered before, too").containsExactly(3L);
    }

    @Test
    void isNothingToOneThatIsDisabledOrGoneOrWhoseOwnerIs() throws SQLException {
        WebhookReaction reaction = following(log);
        UUID third = UUID.randomUUID();
        log.append(
                registered(one, room, WebhookType.MESSAGE_SENT),
                registered(other, room, WebhookType.MESSAGE_SENT),
                new WebhookDisabled(one, ann, Cause.BY_OWNER),
                new WebhookRemoved(other, ann),
                said(room, "to nobody"),
                new WebhookEnabled(one, ann),
                said(room, "to one"),
                registered(third, room, WebhookType.MESSAGE_SENT),
                new PersonErased(ann),
                said(room, "to nobody again"));
        reaction.follow();
        deliverAll(reaction);

        assertThat(posts).hasSize(1);
        assertThat(told(one)).containsExactly(7L);
    }

    @Test
    void isNothingToOneWhoseOwnerMayKnowItNoMore() throws SQLException {
        WebhookReaction reaction = following(log);
        log.append(registered(one, room, WebhookType.MESSAGE_SENT), said(room, "first"), said(room, "second"));
        reaction.follow();
        strangers.add(one);
        deliverAll(reaction);

        assertThat(posts).isEmpty();
        assertThat(outcomes()).isEqualTo(Map.of("needless", 2L));
    }
}
