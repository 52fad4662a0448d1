package app.veza.server.journey;

import static org.assertj.core.api.Assertions.assertThat;

import app.veza.server.journey.Client.Answer;
import app.veza.server.openapi.DocumentLinters;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The document of the routes: right by a linter of others, true by the server itself, and to be tried on a page. */
class OpenApiTest extends SocketJourney {

    private static JsonNode document;

    @BeforeAll
    static void read() {
        document = product.anonymous().get("/openapi.json").body();
    }

    @Test
    void aLinterFindsNothing() throws IOException {
        Path file = Files.createDirectories(Path.of("target/documents")).resolve("openapi.json");
        Files.writeString(
                file, JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(document));

        assertThat(DocumentLinters.problems("lint-openapi.mjs", file)).isEmpty();
    }

    @Test
    void theDocumentSaysWhatRoutesTakeAndGive() {
        assertThat(document.path("paths").propertyNames())
                .contains("/auth/login", "/api/rooms/{roomId}/messages", "/api/streams", "/api/health")
                .doesNotContain("/error");
        assertThat(document.path("components").path("schemas").propertyNames())
                .contains("CreateRoomBody", "CreateRoomAnswer", "MessageBody", "Problem")
                .doesNotContain("Caller", "CommandRequest", "Body", "Answer");

        JsonNode create = document.path("paths").path("/api/rooms").path("post");
        assertThat(create.path("parameters").findValuesAsString("name"))
                .containsExactlyInAnyOrder("Idempotency-Key", "Veza-Log", "Veza-Min-Position");
        assertThat(create.path("responses").propertyNames()).contains("201", "400", "401", "409", "412", "422", "503");
        assertThat(create.path("responses").path("201").path("headers").has("Veza-Position"))
                .isTrue();
        assertThat(document.at("/paths/~1auth~1login/post/security").size()).isZero();
        assertThat(document.at("/paths/~1auth~1login/post/security").isArray()).isTrue();
    }

    @Test
    void theDocumentSaysWhatWebhooksAreSent() {
        assertThat(document.path("webhooks").propertyNames())
                .contains("message.sent", "member.joined", "stream.started", "webhook.test");
        JsonNode sent = document.path("webhooks").path("message.sent").path("post");
        assertThat(sent.path("parameters").findValuesAsString("name"))
                .containsExactly("webhook-id", "webhook-timestamp", "webhook-signature");
        assertThat(sent.path("security").isArray()).isTrue();
        JsonNode message = sent.at("/requestBody/content/application~1json/schema/properties/data/properties/message");
        assertThat(resolved(message).path("properties").propertyNames()).contains("sender", "text", "sentAt");
    }

    @Test
    void everyOperationTellsWhatItDoesAndHowItMayEnd() {
        assertThat(document.path("openapi").asString()).startsWith("3.1");
        List<String> faults = new ArrayList<>();
        operations((route, operation) -> {
            if (operation.path("summary").asString("").isBlank()) {
                faults.add(route + " has no summary");
            }
            operation.path("responses").forEachEntry((status, response) -> {
                boolean isProblem = response.path("$ref").asString("").equals("#/components/responses/" + status)
                        || response.path("content").has("application/problem+json");
                // 304 has no body; a health that is bad is health
                if (status.compareTo("400") >= 0 && !isProblem && !route.equals("GET /api/health")) {
                    faults.add(route + " answers " + status + " without a problem");
                }
            });
            boolean isOpen = operation.path("security").isArray()
                    && operation.path("security").isEmpty();
            if (!isOpen && !operation.path("responses").has("401")) {
                faults.add(route + " needs a token and does not answer 401");
            }
        });
        assertThat(faults).isEmpty();
        assertThat(document.at("/components/securitySchemes/bearer/scheme").asString())
                .isEqualTo("bearer");
    }

    /** An empty object is answered with all that is missing, which is what the document must call required. */
    @Test
    void requiredIsWhatTheServerRequires() {
        Person person = person();
        product.anonymous()
                .as(Product.OPERATOR_TOKEN)
                .post("/api/admin/admins", java.util.Map.of("username", person.username()));
        String room = room(person, "public");
        List<String> faults = new ArrayList<>();
        List<String> asked = new ArrayList<>();
        operations((route, operation) -> {
            JsonNode schema = operation.at("/requestBody/content/application~1json/schema");
            String path = route.substring(route.indexOf(' ') + 1);
            if (schema.isMissingNode() || path.startsWith("/api/admin/")) {
                return;
            }
            Answer answer = person.client()
                    .send(
                            route.substring(0, route.indexOf(' ')),
                            path.replace("{roomId}", room)
                                    .replaceAll("\\{[^}]+}", UUID.randomUUID().toString()),
                            "{}");
            if (answer.status() == 422) {
                asked.add(route);
                var told = new TreeSet<String>();
                // The empty pointer is the body as a whole: any of several would have done
                answer.body()
                        .path("errors")
                        .valueStream()
                        .map(error -> error.path("pointer").asString())
                        .filter(pointer -> !pointer.isEmpty())
                        .forEach(pointer -> told.add(pointer.substring(1)));
                var documented = new TreeSet<>(resolved(schema)
                        .path("required")
                        .valueStream()
                        .map(JsonNode::asString)
                        .toList());
                if (!told.equals(documented)) {
                    faults.add("%s: the document requires %s, the server %s".formatted(route, documented, told));
                }
            } else if (!resolved(schema).path("required").isEmpty()) {
                faults.add("%s requires fields and answered %d without".formatted(route, answer.status()));
            }
        });
        assertThat(faults).isEmpty();
        assertThat(asked).hasSizeGreaterThan(12);
    }

    @Test
    void thePageIsMadeOfNothingFromElsewhere() throws Exception {
        HttpClient browser = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        HttpResponse<String> page = get(browser, "/docs");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self';", "connect-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe-eval", "http");
        assertThat(page.body()).doesNotContain("http:", "https:", "<script>", "onload");
        for (String part : List.of("swagger-ui.css", "swagger-ui-bundle.js", "veza.js", "favicon-32x32.png")) {
            assertThat(page.body() + part).contains(part);
            HttpResponse<String> loaded = get(browser, "/docs/" + part);
            assertThat(loaded.statusCode()).as(part).isEqualTo(200);
            assertThat(loaded.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        }
        for (String nothing : List.of("/docs/pom.properties", "/docs/..%2fapplication.properties", "/docs/x/y.css")) {
            assertThat(get(browser, nothing).statusCode()).as(nothing).isIn(400, 404);
        }
    }

    private static HttpResponse<String> get(HttpClient browser, String path) throws Exception {
        return browser.send(
                HttpRequest.newBuilder(URI.create(product.anonymous().base() + path))
                        .build(),
                BodyHandlers.ofString());
    }

    private static JsonNode resolved(JsonNode schema) {
        return schema.has("$ref") ? document.at(schema.path("$ref").asString().substring(1)) : schema;
    }

    private interface Visitor {
        void visit(String route, JsonNode operation);
    }

    private static void operations(Visitor visitor) {
        document.path("paths")
                .forEachEntry((path, methods) -> methods.forEachEntry((method, operation) ->
                        visitor.visit(method.toUpperCase(java.util.Locale.ROOT) + " " + path, operation)));
    }
}
