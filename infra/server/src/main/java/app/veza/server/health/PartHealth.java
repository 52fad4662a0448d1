package app.veza.server.health;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How one part of the platform is.
 *
 * @param latencyMillis time that the check took, in ms
 * @param error one sentence unless up
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PartHealth(
        Status status,
        double latencyMillis,
        @Nullable String error,
        @JsonAnyGetter Map<String, Object> details) {

    public enum Status {
        UP,
        /** Does its work, and needs attention. */
        DEGRADED,
        DOWN
    }

    /** Whether it does its work. */
    @JsonIgnore
    public boolean isUp() {
        return status != Status.DOWN;
    }
}
