package app.veza.command.http;

import app.veza.command.Ids;
import app.veza.eventstore.command.CommandOptions;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Makes a {@link CommandRequest} where there are no headers: a thing that the client named itself is the same over every door. */
@Component
public final class CommandRequests {

    private final CommandKeys keys;

    CommandRequests(CommandKeys keys) {
        this.keys = keys;
    }

    public CommandRequest of(UUID caller) {
        return new CommandRequest(
                keys,
                caller.toString(),
                null,
                0,
                Map.of(CommandOptions.CORRELATION, Ids.next().toString()));
    }
}
