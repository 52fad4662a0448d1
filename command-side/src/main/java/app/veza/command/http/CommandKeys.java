package app.veza.command.http;

import app.veza.command.CommandSideConfig;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Names commands for all time, and their bodies, in a way that tells nothing to who lacks the platform's key. */
@Component
final class CommandKeys {

    private final KeyedHash hash;
    private final JsonMapper json = JsonMapper.builder().build();

    CommandKeys(CommandSideConfig config) {
        this.hash = new KeyedHash(config.platformKey());
    }

    /**
     * @param caller keys are the caller's own
     * @param operation so that one key may serve for two different operations
     */
    String commandId(String caller, String operation, String key) {
        return hash.of("command-id", caller, operation, key);
    }

    /** The body's record as JSON is canonical: its components, in their order. */
    String fingerprint(String operation, @Nullable Object... content) {
        return hash.of("fingerprint", operation, json.writeValueAsString(content));
    }
}
