package app.veza.server.presence;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What those who watch are told. */
final class PresenceFrames {

    private final JsonMapper json;

    PresenceFrames(JsonMapper json) {
        this.json = json;
    }

    /** @param lastSeenAt of who is offline; null when they never were online, or are no longer to be seen */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PresenceFrame(String type, UUID userId, @Nullable Instant lastSeenAt) {}

    byte[] online(UUID person) {
        return json.writeValueAsBytes(new PresenceFrame("user.online", person, null));
    }

    byte[] offline(UUID person, @Nullable Instant lastSeenAt) {
        return json.writeValueAsBytes(new PresenceFrame(
                "user.offline", person, lastSeenAt == null ? null : lastSeenAt.truncatedTo(ChronoUnit.MILLIS)));
    }
}
