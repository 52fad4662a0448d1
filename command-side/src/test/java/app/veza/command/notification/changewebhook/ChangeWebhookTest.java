package app.veza.command.notification.changewebhook;

import static app.veza.command.Rejection.Kind.INVALID;
import static app.veza.command.Rejection.Kind.NOT_FOUND;
import static org.assertj.core.api.Assertions.assertThat;

import app.veza.command.Scenario;
import app.veza.command.notification.Webhook;
import app.veza.event.notification.WebhookChanged;
import app.veza.event.notification.WebhookDisabled;
import app.veza.event.notification.WebhookDisabled.Cause;
import app.veza.event.notification.WebhookEnabled;
import app.veza.event.notification.WebhookRegistered;
import app.veza.event.notification.WebhookRemoved;
import app.veza.event.notification.WebhookType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChangeWebhookTest {

    private static final String URL = "https://hooks.example/veza";
    private static final List<WebhookType> STARTED = List.of(WebhookType.STREAM_STARTED);
    private static final List<WebhookType> STOPPED = List.of(WebhookType.STREAM_STOPPED);

    private final UUID id = UUID.randomUUID();
    private final UUID ann = UUID.randomUUID();
    private final UUID ben = UUID.randomUUID();

    private final WebhookRegistered registered =
            new WebhookRegistered(id, ann, null, STARTED, URL, "To the engine", "whsec_c2VjcmV0");
    private final Scenario<ChangeWebhook, Optional<Webhook>> scenario = Scenario.of(new ChangeWebhookHandler());

    private ChangeWebhook change(
            @Nullable List<WebhookType> types,
            @Nullable String url,
            @Nullable String description,
            @Nullable Boolean enabled) {
        return new ChangeWebhook(id, ann, types, url, null, description, enabled);
    }

    @Test
    void whatIsNotNamedStays() {
        scenario.given(registered)
                .when(change(STOPPED, null, null, null))
                .then(new WebhookChanged(id, ann, STOPPED, URL, "To the engine"));
        scenario.given(registered)
                .when(change(null, "https://other.example/", null, null))
                .then(new WebhookChanged(id, ann, STARTED, "https://other.example/", "To the engine"));
        scenario.given(registered)
                .when(change(null, null, "", null))
                .then(new WebhookChanged(id, ann, STARTED, URL, null));
        scenario.given(registered, new WebhookChanged(id, ann, STOPPED, URL, null))
                .when(change(null, null, "Again", null))
                .then(new WebhookChanged(id, ann, STOPPED, URL, "Again"));
    }

    @Test
    void isDisabledAndEnabled() {
        scenario.given(registered)
                .when(change(null, null, null, false))
                .then(new WebhookDisabled(id, ann, Cause.BY_OWNER));
        scenario.given(registered, new WebhookDisabled(id, ann, Cause.GONE))
                .when(change(null, "https://other.example/", null, true))
                .then(
                        new WebhookChanged(id, ann, STARTED, "https://other.example/", "To the engine"),
                        new WebhookEnabled(id, ann));
    }

    @Test
    void isAsItWas() {
        scenario.given(registered)
                .when(change(STARTED, URL, "To the engine", true))
                .thenNothing();
        scenario.given(registered, new WebhookDisabled(id, ann, Cause.FAILING))
                .when(change(null, null, null, false))
                .thenNothing();
    }

    @Test
    void isNobodyElsesAndNotOfOneThatIsGone() {
        var others = new ChangeWebhook(id, ben, STOPPED, null, null, null, null);
        scenario.given(registered).when(others).thenRejected(NOT_FOUND, "not-found");
        scenario.given(registered, new WebhookRemoved(id, ann))
                .when(change(STOPPED, null, null, null))
                .thenRejected(NOT_FOUND, "not-found");
    }

    @Test
    void isNotMovedWhereItMayNotBe() {
        var moved = new ChangeWebhook(id, ann, null, "https://10.0.0.1/", "must be public", null, null);
        scenario.given(registered).when(moved).thenRejected(INVALID, "invalid");
        var others = new ChangeWebhook(id, ben, null, "https://10.0.0.1/", "must be public", null, null);
        scenario.given(registered).when(others).thenRejected(NOT_FOUND, "not-found");
    }

    @Test
    void isToldOfNoRoom() {
        scenario.given(registered)
                .when(change(List.of(WebhookType.MEMBER_LEFT), null, null, null))
                .thenRejected(INVALID, "invalid");
    }

    @Test
    void whatIsSecretIsInNoLogLine() {
        assertThat(change(null, URL, "To the engine", null).toString()).doesNotContain("hooks.example", "engine");
        assertThat(new WebhookChanged(id, ann, STARTED, URL, "To the engine").toString())
                .doesNotContain("hooks.example", "engine");
    }
}
