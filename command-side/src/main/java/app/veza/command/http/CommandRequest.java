package app.veza.command.http;

import app.veza.eventstore.command.CommandOptions;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a command's request says beside its body; an argument of endpoints. */
public final class CommandRequest {

    private final CommandKeys keys;
    private final String caller;
    private final @Nullable String idempotencyKey;
    private final long minPosition;
    private final Map<String, String> metadata;

    CommandRequest(
            CommandKeys keys,
            String caller,
            @Nullable String idempotencyKey,
            long minPosition,
            Map<String, String> metadata) {
        this.keys = keys;
        this.caller = caller;
        this.idempotencyKey = idempotencyKey;
        this.minPosition = minPosition;
        this.metadata = metadata;
    }

    /** For a command that is decided each time it comes: an {@code Idempotency-Key} is not looked at. */
    public CommandOptions unrepeatable() {
        return new CommandOptions(null, null, minPosition, metadata);
    }

    /**
     * For a command that is carried out once for each {@code Idempotency-Key}, every time when there is none.
     *
     * @param operation stable name of the use case
     * @param content the body and the variables of the path: all that the same key must come with again
     */
    public CommandOptions repeatable(String operation, @Nullable Object... content) {
        return idempotencyKey == null ? unrepeatable() : named(operation, idempotencyKey, operation, content);
    }

    /**
     * The same, by a name that the client gave the thing itself. An {@code Idempotency-Key} beside it is not looked at: whoever sends the
     * thing again under another key still means the same one.
     *
     * @param scope within which the client's name is unique
     */
    public CommandOptions repeatableByClientName(
            String operation, String scope, @Nullable String clientName, @Nullable Object... content) {
        return clientName == null
                ? repeatable(operation, content)
                : named(operation + "/" + scope, clientName, operation, content);
    }

    private CommandOptions named(String space, String key, String operation, @Nullable Object... content) {
        return new CommandOptions(
                keys.commandId(caller, space, key), keys.fingerprint(operation, content), minPosition, metadata);
    }
}
