package app.veza.command.notification.webhooks;

import app.veza.command.Ids;
import app.veza.command.http.Caller;
import app.veza.command.http.LogRead;
import app.veza.command.http.Paging;
import app.veza.command.notification.Webhook;
import app.veza.command.notification.WebhookAnswers;
import app.veza.command.notification.WebhookInput;
import app.veza.command.notification.Webhooks;
import app.veza.event.notification.WebhookDisabled;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class WebhooksEndpoint {

    private static final int MOST = 100;

    private final Webhooks webhooks;
    private final WebhookAnswers answers;

    WebhooksEndpoint(Webhooks webhooks, WebhookAnswers answers) {
        this.webhooks = webhooks;
        this.answers = answers;
    }

    /**
     * @param roomId missing for one that is told of the caller's own streams
     * @param state active or disabled
     * @param disabledBecause by_owner; gone, since it answered 410; or failing, since it took nothing in ten attempts on end or far less than happens
     */
    record View(
            UUID id,
            String url,
            List<String> types,
            @Nullable UUID roomId,
            @Nullable String description,
            String state,
            @Nullable String disabledBecause,
            Instant createdAt,
            @Nullable LastAnswer lastAnswer) {

        /** Nothing of it may reach a log. */
        @Override
        public String toString() {
            return "View[%s]".formatted(id);
        }
    }

    /**
     * How it answered last.
     *
     * @param answer the status, or address, connection, tls or timeout when there was none
     */
    record LastAnswer(Instant at, String answer) {}

    /**
     * @param items newest first
     * @param nextCursor of the page that follows; null when this is the last
     */
    record Page(
            List<View> items,

            @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable
            String nextCursor) {}

    @GetMapping("/api/webhooks")
    ResponseEntity<Page> mine(
            Caller caller,
            LogRead read,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        Paging.requireLimit(limit, MOST);
        UUID before = Paging.idCursor(cursor);
        return read.answer(() -> page(caller.personId(), limit, before));
    }

    /** @param before the last webhook of the page before, null for the first page: ids go up with the time */
    private Page page(UUID person, int limit, @Nullable UUID before) {
        List<Webhook> found = webhooks.of(person).stream()
                .filter(webhook -> before == null || webhook.id().compareTo(before) < 0)
                .limit(limit + 1L)
                .toList();
        List<Webhook> shown = found.stream().limit(limit).toList();
        Map<UUID, WebhookAnswers.Last> last =
                answers.last(shown.stream().map(Webhook::id).collect(Collectors.toSet()));
        return new Page(
                shown.stream().map(webhook -> view(webhook, last)).toList(),
                found.size() > limit ? shown.getLast().id().toString() : null);
    }

    @GetMapping("/api/webhooks/{webhookId}")
    ResponseEntity<View> one(Caller caller, LogRead read, @PathVariable UUID webhookId) {
        return read.answer(() ->
                view(Webhook.requireOf(caller.personId(), webhooks.byId(webhookId)), answers.last(Set.of(webhookId))));
    }

    private static View view(Webhook webhook, Map<UUID, WebhookAnswers.Last> last) {
        WebhookDisabled.Cause disabled = webhook.disabled();
        return new View(
                webhook.id(),
                webhook.url(),
                webhook.types().stream().map(WebhookInput::word).toList(),
                webhook.roomId(),
                webhook.description(),
                disabled == null ? "active" : "disabled",
                disabled == null ? null : disabled.name().toLowerCase(Locale.ROOT),
                Ids.timeOf(webhook.id()),
                Optional.ofNullable(last.get(webhook.id()))
                        .map(answer -> new LastAnswer(answer.at(), answer.answer()))
                        .orElse(null));
    }
}
