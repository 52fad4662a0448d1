package app.veza.reaction.webhook;

import app.veza.event.chat.MemberLeft;
import app.veza.event.chat.MessageSent;
import app.veza.event.notification.WebhookDisabled.Cause;
import app.veza.event.notification.WebhookRegistered;
import app.veza.event.notification.WebhookTestRequested;
import app.veza.event.notification.WebhookType;
import app.veza.event.streaming.StreamWentLive;
import app.veza.projection.kit.History;
import app.veza.projectionengine.EventLog;
import app.veza.projectionengine.LoggedEvent;
import app.veza.reaction.ReactionDatabase;
import app.veza.reaction.webhook.WebhookTransport.Answer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Webhooks that a test invents and a reaction that tells them, step by step, as its thread takes them, on a real database. */
abstract class WebhookStage {

    static final JsonMapper JSON = JsonMapper.shared();
    static final String SECRET = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    static final String FORMER = "whsec_Hx4dHBsaGRgXFhUUExIREA8ODQwLCgkIBwYFBAMCAQA=";
    static final Answer GOOD = new Answer(204, null);
    static final Answer BROKEN = new Answer(500, null);

    @RegisterExtension
    private static final ReactionDatabase database = new ReactionDatabase();

    final UUID room = UUID.randomUUID();
    final UUID ann = UUID.randomUUID();
    final UUID one = UUID.randomUUID();
    final UUID other = UUID.randomUUID();
    final History log = new History();
    final Turns turns = new Turns(database.source());
    final List<Post> posts = Collections.synchronizedList(new ArrayList<>());
    final Map<UUID, Cause> disabled = new HashMap<>();
    final Set<UUID> strangers = new java.util.HashSet<>();
    List<String> secrets = List.of(SECRET);
    Function<Post, Answer> answer = post -> GOOD;

    record Post(String webhook, String id, JsonNode body, Map<String, String> headers, String raw) {

        String type() {
            return body.path("type").asString();
        }

        long position() {
            return body.at("/data/position").asLong();
        }
    }

    static void sql(String statement) throws SQLException {
        database.run(statement);
    }

    static List<String> rows(String query) throws SQLException {
        return database.rows(query);
    }

    WebhookReaction reaction() {
        return reaction(log, Runnable::run);
    }

    WebhookReaction reaction(EventLog events, Executor workers) {
        var webhooks = new Webhooks() {
            @Override
            public Optional<Recipient> recipient(UUID webhookId) {
                return strangers.contains(webhookId) || disabled.containsKey(webhookId)
                        ? Optional.empty()
                        : Optional.of(new Recipient(
                                URI.create("https://hooks.example/" + webhookId),
                                List.of("message.sent", "member.left", "stream.started"),
                                secrets));
            }

            @Override
            public Optional<Content> content(LoggedEvent event) {
                var data = JSON.createObjectNode().put("position", event.position());
                return switch (event.payload()) {
                    case MessageSent sent -> Optional.of(new Content("message.sent", data.put("text", sent.text())));
                    case MemberLeft left -> Optional.of(new Content("member.left", data));
                    case StreamWentLive live -> Optional.of(new Content("stream.started", data));
                    case WebhookTestRequested tested -> Optional.of(new Content("webhook.test", data));
                    case null, default -> Optional.empty();
                };
            }

            @Override
            public void disable(UUID webhookId, Cause cause) {
                disabled.put(webhookId, cause);
            }
        };
        WebhookTransport transport = (url, headers, body) -> {
            String raw = new String(body, StandardCharsets.UTF_8);
            var post =
                    new Post(url.getPath().substring(1), headers.get("webhook-id"), JSON.readTree(body), headers, raw);
            posts.add(post);
            return answer.apply(post);
        };
        return new WebhookReaction(events, turns, webhooks, transport, InstantSource.system(), workers, 2, () -> {});
    }

    static void deliverAll(WebhookReaction reaction) throws SQLException {
        while (reaction.deliver()) {}
    }

    /** Until all that rests or is to be tried again may be, in its order. */
    static void waitLong() throws SQLException {
        sql("update reaction.webhook set due_at = due_at - interval '2 days'");
        sql("update reaction.outbox set retry_at = retry_at - interval '2 days' where outcome is null");
    }

    WebhookReaction following(EventLog events) throws SQLException {
        WebhookReaction reaction = reaction(events, Runnable::run);
        reaction.follow();
        return reaction;
    }

    WebhookRegistered registered(UUID id, @Nullable UUID ofRoom, WebhookType... types) {
        return new WebhookRegistered(id, ann, ofRoom, List.of(types), "https://hooks.example/", null, SECRET);
    }

    MessageSent said(UUID where, String text) {
        return new MessageSent(where, UUID.randomUUID(), ann, text, text.length(), null, List.of(), List.of());
    }

    List<Long> told(UUID webhook) {
        return posts.stream()
                .filter(post -> post.webhook().equals(webhook.toString()))
                .map(Post::position)
                .toList();
    }

    static Map<String, Long> outcomes() throws SQLException {
        return rows("select coalesce(outcome, 'waits') from reaction.outbox").stream()
                .collect(Collectors.groupingBy(outcome -> outcome, Collectors.counting()));
    }
}
