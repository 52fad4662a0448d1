package app.veza.command.identity.token;

import java.time.Duration;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The keys that verify access tokens, for whoever wants to (RFC 7517). */
@RestController
final class JwksEndpoint {

    private static final Duration CACHED_FOR = Duration.ofMinutes(5);

    private final Map<String, Object> publicKeys;

    JwksEndpoint(SigningKeys keys) {
        this.publicKeys = keys.publicKeys().toJSONObject();
    }

    @GetMapping("/.well-known/jwks.json")
    ResponseEntity<Map<String, Object>> keys() {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.maxAge(CACHED_FOR).cachePublic())
                .body(publicKeys);
    }
}
