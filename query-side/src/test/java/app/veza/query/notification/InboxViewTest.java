package app.veza.query.notification;

import static app.veza.projection.kit.Events.id;
import static app.veza.projection.kit.Events.registered;
import static app.veza.projection.kit.NotificationEvents.raised;
import static app.veza.projection.kit.NotificationEvents.seen;
import static org.assertj.core.api.Assertions.assertThat;

import app.veza.event.notification.NotificationKind;
import app.veza.projection.kit.History;
import app.veza.query.QuerySideFixture;
import app.veza.query.QuerySideFixture.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class InboxViewTest {

    private static QuerySideFixture veza;

    @BeforeAll
    static void start() {
        veza = new QuerySideFixture();
        veza.given(
                registered("ada"),
                registered("bob"),
                raised("one", "ada", NotificationKind.MENTION, "bob"),
                raised("two", "ada", NotificationKind.DIRECT_MESSAGE, "bob"),
                raised("three", "ada", NotificationKind.SECURITY, "nobody"),
                seen("one", "ada"));
    }

    @AfterAll
    static void stop() {
        veza.close();
    }

    @Test
    void theCallersOwnNewestFirst() {
        Answer answer = veza.as("ada", "/api/notifications");

        assertThat(answer.strings("items", "/kind")).containsExactly("security", "direct_message", "mention");
        assertThat(answer.body().get("unread").asInt()).isEqualTo(2);
        assertThat(answer.body().at("/items/2").toString())
                .isEqualTo(
                        ("{\"id\":\"%s\",\"kind\":\"mention\",\"position\":3,\"raisedAt\":\"%s\",\"readAt\":\"%s\",\"actor\":"
                                        + "{\"id\":\"%s\",\"username\":\"bob\",\"displayName\":\"bob Display\"},"
                                        + "\"roomId\":\"%s\",\"messageId\":\"%s\"}")
                                .formatted(
                                        id("one"),
                                        History.timeOf(3),
                                        History.timeOf(6),
                                        id("bob"),
                                        id("hall"),
                                        id("hello")));
        assertThat(answer.body().at("/items/0").has("actor")).isFalse();
        assertThat(veza.as("bob", "/api/notifications").body().toString())
                .isEqualTo("{\"items\":[],\"nextCursor\":null,\"unread\":0}");
    }

    @Test
    void pageByPage() {
        Answer first = veza.as("ada", "/api/notifications?limit=2");
        Answer second = veza.as(
                "ada",
                "/api/notifications?limit=2&cursor="
                        + first.body().get("nextCursor").asString());

        assertThat(first.strings("items", "/kind")).containsExactly("security", "direct_message");
        assertThat(second.strings("items", "/kind")).containsExactly("mention");
        assertThat(second.body().get("unread").asInt()).isEqualTo(2);
        assertThat(second.body().get("nextCursor").isNull()).isTrue();
    }
}
