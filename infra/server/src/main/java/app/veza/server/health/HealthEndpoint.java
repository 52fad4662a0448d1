package app.veza.server.health;

import io.swagger.v3.oas.annotations.responses.ApiResponse;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.http.ResponseEntity.BodyBuilder;
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
    @ApiResponse(responseCode = "200", description = "Every part does its work", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "503", description = "A part does not do its work", useReturnTypeSchema = true)
    ResponseEntity<Health> health() throws InterruptedException {
        Health health = Health.of(platform.look());
        BodyBuilder answer = health.isUp()
                ? ResponseEntity.ok()
                : ResponseEntity.status(503)
                        .header(HttpHeaders.RETRY_AFTER, Long.toString(Health.LOOK_AGAIN.toSeconds()));
        return answer.cacheControl(CacheControl.noStore()).body(health);
    }
}
