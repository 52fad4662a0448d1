package app.veza.server.gateway;

import app.veza.gateway.HttpAnswer;
import app.veza.server.health.Health;
import app.veza.server.health.PlatformHealth;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;
import tools.jackson.databind.json.JsonMapper;

/** {@code GET /health} on the gateway's port: what chat and live audio need, and nothing that they can do without. */
final class GatewayHealth implements Supplier<HttpAnswer> {

    /** The part that this node's gateway is, in {@code /api/health} too. */
    static final String CHAT = "chat";

    private static final Set<String> PARTS = Set.of(CHAT, "stream", "eventLog", "nats");

    private final ObjectProvider<PlatformHealth> platform;
    private final JsonMapper json;

    /** @param platform knows of the gateway in turn: asked for when it is needed */
    GatewayHealth(ObjectProvider<PlatformHealth> platform, JsonMapper json) {
        this.platform = platform;
        this.json = json;
    }

    @Override
    public HttpAnswer get() {
        try {
            Health health = Health.of(platform.getObject().look(PARTS::contains));
            HttpAnswer answer = HttpAnswer.of(
                            health.isUp() ? 200 : 503, "application/json", json.writeValueAsBytes(health))
                    .with("cache-control", "no-store");
            return health.isUp() ? answer : answer.with("retry-after", Long.toString(Health.LOOK_AGAIN.toSeconds()));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The node stops", stopping);
        }
    }
}
