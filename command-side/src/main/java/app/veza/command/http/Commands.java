package app.veza.command.http;

import app.veza.eventstore.command.CommandExecutor;
import app.veza.eventstore.command.CommandOptions;
import app.veza.eventstore.command.CommandOutcome;
import java.util.concurrent.CompletionException;
import org.springframework.stereotype.Component;

/** Runs a command and waits for its outcome: endpoints run on virtual threads. */
@Component
public final class Commands {

    private final CommandExecutor executor;

    public Commands(CommandExecutor executor) {
        this.executor = executor;
    }

    /** @throws RuntimeException what the executor's future fails with, bare */
    public CommandOutcome run(Object command, CommandOptions options) {
        try {
            return executor.execute(command, options).join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case RuntimeException bare -> throw bare;
                case Error error -> throw error;
                case null, default -> throw e;
            }
        }
    }
}
