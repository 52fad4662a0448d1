package app.veza.server.health;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Duration;
import java.util.Map;

/** How several parts are together: down when one is. */
public record Health(PartHealth.Status status, Map<String, PartHealth> parts) {

    /** What a look that finds a part down says in {@code Retry-After}, as every 503 does. */
    public static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    public static Health of(Map<String, PartHealth> parts) {
        boolean up = parts.values().stream().allMatch(PartHealth::isUp);
        return new Health(up ? PartHealth.Status.UP : PartHealth.Status.DOWN, parts);
    }

    @JsonIgnore
    public boolean isUp() {
        return status == PartHealth.Status.UP;
    }
}
