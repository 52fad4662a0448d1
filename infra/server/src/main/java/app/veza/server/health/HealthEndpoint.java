package app.veza.server.health;

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

    @GetMapping("/api/health")
    ResponseEntity<Health> health() throws InterruptedException {
        Health health = Health.of(platform.look());
        return ResponseEntity.status(health.isUp() ? 200 : 503)
                .cacheControl(CacheControl.noStore())
                .body(health);
    }
}
