package app.veza.server.journey;

import static org.assertj.core.api.Assertions.assertThat;

import app.veza.eventstore.EventLog;
import app.veza.server.journey.Client.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Every route of the document, asked by everybody who may not: signed out, with a forged token, or with each role, and with the ids
 * of somebody else's things wherever a path takes one. A route of which it is not known who may use it fails the test.
 */
class RouteAccessTest extends SocketJourney {

    private static final List<String> ROLES = List.of("user", "moderator", "analyst", "engineer", "admin");

    /** Open to everybody, and meant to be. */
    private static final Set<String> OPEN = Set.of(
            "POST /auth/register",
            "POST /auth/login",
            "POST /auth/refresh",
            "POST /auth/password/forgot",
            "POST /auth/password/reset",
            "POST /auth/email/verify",
            "GET /auth/oauth2/{provider}",
            "GET /auth/oauth2/{provider}/callback",
            "POST /auth/oauth2/token",
            "GET /api/erasures/{token}",
            "GET /.well-known/jwks.json",
            "GET /asyncapi.json",
            "GET /asyncapi/events.json",
            "GET /api/health",
            // players send nothing that tells who they are: a private stream's links do
            "GET /live/{streamId}/master.m3u8",
            "GET /live/{streamId}/{rendition}/index.m3u8",
            "GET /live/{streamId}/{rendition}/{file}",
            "GET /live/{streamId}/recording.m4a",
            "GET /live/{streamId}/peaks.json");

    /** With a variable in their path, but for everybody who is signed in, whoever's it is. */
    private static final Set<String> EVERYBODYS = Set.of(
            "GET /api/users/{id}",
            "PUT /api/users/{userId}/block",
            "DELETE /api/users/{userId}/block",
            // of one's own: who is linked to none, or does not listen, leaves nothing
            "DELETE /api/me/providers/{provider}",
            "DELETE /api/streams/{streamId}/listeners/me");

    /** An admin ends anybody's session. */
    private static final Set<String> ADMINS_TOO = Set.of("DELETE /auth/sessions/{id}");

    private static Map<String, Client> byRole;
    private static Map<String, String> victims;
    private static JsonNode document;

    /** One route, with what it takes filled in. */
    private record Route(String name, String method, String path, String body, JsonNode operation) {

        boolean isOpen() {
            JsonNode security = operation.path("security");
            return security.isArray() && security.isEmpty();
        }

        /** Any of these is needed; none: whoever is signed in. */
        List<String> roles() {
            return operation
                    .path("security")
                    .path(0)
                    .path("bearer")
                    .valueStream()
                    .map(JsonNode::asString)
                    .toList();
        }

        Answer ask(Client client) {
            return client.send(method, path, body);
        }
    }

    @BeforeAll
    static void people() {
        Client operator = product.anonymous().as(Product.OPERATOR_TOKEN);
        byRole = new LinkedHashMap<>();
        for (String role : ROLES) {
            Person person = person();
            if (role.equals("admin")) {
                assertThat(operator.post("/api/admin/admins", Map.of("username", person.username()))
                                .status())
                        .isEqualTo(200);
            }
            byRole.put(role, person.client());
        }
        for (String role : List.of("moderator", "analyst", "engineer")) {
            String id = byRole.get(role).get("/api/me").text("id");
            assertThat(byRole.get("admin")
                            .put("/api/users/" + id + "/roles", Map.of("roles", List.of(role)))
                            .status())
                    .isEqualTo(200);
        }
        victims = thingsOf(person());
        document = product.anonymous().get("/openapi.json").body();
    }

    /** By the segment of the path before the variable, or before and after the last one of them. */
    private static Map<String, String> thingsOf(Person victim) {
        String room = room(victim, "private");
        String file = victim.client()
                .post("/api/uploads", Map.of("contentType", "text/plain", "size", 4))
                .text("attachmentId");
        String message = victim.client()
                .post("/api/rooms/" + room + "/messages", Map.of("text", "Nobody else's"))
                .text("messageId");
        String stream = victim.client()
                .post("/api/streams", Map.of("title", "Mine", "visibility", "private"))
                .text("streamId");
        String session =
                victim.client().get("/auth/sessions").body().at("/items/0/id").asString();
        String webhook = victim.client()
                .post("/api/webhooks", Map.of("url", "https://8.8.8.8/", "types", List.of("stream.started")))
                .text("webhookId");
        Map<String, String> things = new HashMap<>(Map.of(
                "rooms",
                room,
                "messages",
                message,
                "reactions",
                URLEncoder.encode("\ud83d\udc4d", StandardCharsets.UTF_8),
                "members",
                victim.id(),
                "mutes",
                victim.id(),
                "bans",
                victim.id(),
                "users",
                victim.id(),
                "sessions",
                session,
                "streams",
                stream,
                "attachments",
                file));
        things.put("webhooks", webhook);
        return things;
    }

    @Test
    void whoeverMayNotIsRefusedAndNothingIsStored() {
        List<Route> routes = routes();
        assertThat(routes).hasSizeGreaterThan(70);
        long before = product.part(EventLog.class).head();
        List<String> faults = new ArrayList<>();
        for (Route route : routes) {
            if (!route.isOpen()) {
                expect(route, "nobody", product.anonymous(), Set.of(401), faults);
                expect(route, "a forger", product.anonymous().as("a.b.c"), Set.of(401), faults);
                byRole.forEach((role, client) -> {
                    if (role.equals("admin") && ADMINS_TOO.contains(route.name())) {
                        return;
                    }
                    if (!route.roles().isEmpty()) {
                        if (!route.roles().contains(role)) {
                            expect(route, role, client, Set.of(403), faults);
                        }
                    } else if (route.name().contains("{") && !EVERYBODYS.contains(route.name())) {
                        expect(route, role, client, Set.of(403, 404), faults);
                    }
                });
            }
        }
        assertThat(faults).isEmpty();
        assertThat(product.part(EventLog.class).head())
                .as("no refusal is an event")
                .isEqualTo(before);
    }

    @Test
    void whatIsOpenIsMeantToBe() {
        var open = new TreeSet<>(
                routes().stream().filter(Route::isOpen).map(Route::name).toList());

        assertThat(open).containsExactlyInAnyOrderElementsOf(OPEN);
    }

    private static void expect(Route route, String who, Client client, Set<Integer> statuses, List<String> faults) {
        Answer answer = route.ask(client);
        boolean isProblem =
                answer.headers().firstValue("Content-Type").orElse("").equals("application/problem+json");
        if (!statuses.contains(answer.status()) || !isProblem) {
            faults.add("%s as %s: %d %s".formatted(route.name(), who, answer.status(), answer.body()));
        }
    }

    private static List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        document.path("paths")
                .forEachEntry((path, operations) -> operations.forEachEntry((method, operation) -> routes.add(new Route(
                        method.toUpperCase(java.util.Locale.ROOT) + " " + path,
                        method.toUpperCase(java.util.Locale.ROOT),
                        filled(path),
                        body(operation),
                        operation))));
        return routes;
    }

    /** What nobody owns, such as a projection's name, is a name that there is not. */
    private static String filled(String path) {
        String[] segments = path.split("/", -1);
        for (int i = 1; i < segments.length; i++) {
            if (segments[i].startsWith("{")) {
                segments[i] =
                        victims.getOrDefault(segments[i - 1], UUID.randomUUID().toString());
            }
        }
        return String.join("/", segments);
    }

    /** Good enough to be refused for who sends it and not for what it is. */
    private static String body(JsonNode operation) {
        JsonNode schema = operation.at("/requestBody/content/application~1json/schema");
        return schema.isMissingNode() ? null : sample(schema);
    }

    private static String sample(JsonNode schema) {
        if (schema.has("$ref")) {
            return sample(document.at(schema.path("$ref").asString().substring(1)));
        }
        String type = schema.path("type").isArray()
                ? schema.path("type").path(0).asString()
                : schema.path("type").asString();
        return switch (type) {
            case "object" -> {
                List<String> members = new ArrayList<>();
                schema.path("properties")
                        .forEachEntry((name, property) -> members.add("\"" + name + "\":" + member(name, property)));
                yield "{" + String.join(",", members) + "}";
            }
            case "array" -> "[]";
            case "integer", "number" -> "30";
            case "boolean" -> "true";
            default -> "\"sample text\"";
        };
    }

    private static String member(String name, JsonNode property) {
        return switch (name) {
            case "messageId" -> "\"" + victims.get("messages") + "\"";
            case "userId" -> "\"" + victims.get("users") + "\"";
            case "replyTo", "clientMessageId", "role", "visibility", "until", "types" -> "null";
            default -> sample(property);
        };
    }
}
