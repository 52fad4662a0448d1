package app.veza.server.health;

import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/health}: every part with its status and latency; 503 when one is down. */
@RestController
final class HealthEndpoint {

    private final PlatformHealth platform;

    HealthEndpoint(PlatformHealth platform) {
        this.platform = platform;
    }

    record Health(PartHealth.Status status, Map<String, PartHealth> parts) {}

    @GetMapping("/api/health")
    ResponseEntity<Health> health() throws InterruptedException {
        Map<String, PartHealth> parts = platform.look();
        boolean up = parts.values().stream().allMatch(PartHealth::isUp);
        return ResponseEntity.status(up ? 200 : 503)
                .cacheControl(CacheControl.noStore())
                .body(new Health(up ? PartHealth.Status.UP : PartHealth.Status.DOWN, parts));
    }
}
