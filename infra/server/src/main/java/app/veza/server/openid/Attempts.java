package app.veza.server.openid;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Sign-ins on their way. Each comes back once, to the browser that left with it. */
final class Attempts {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final SealedOnce sealed;

    Attempts(SealedOnce sealed) {
        this.sealed = sealed;
    }

    /** Returns the state. */
    String put(Attempt attempt) {
        return sealed.put(JSON.writeValueAsString(attempt));
    }

    /** Empty when there is no such attempt, or no longer, or it is another browser's or for another provider. */
    Optional<Attempt> take(String state, String provider, @Nullable String browser) {
        return sealed.take(state)
                .map(text -> JSON.readValue(text, Attempt.class))
                .filter(attempt -> attempt.provider().equals(provider))
                .filter(attempt -> attempt.browser().equals(browser));
    }
}
