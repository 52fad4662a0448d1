package app.veza.eventstore.command;

import app.veza.eventstore.AppendOutcome;
import app.veza.eventstore.EventLog;
import app.veza.eventstore.RecordedEvent;
import app.veza.eventstore.json.JacksonEventCodec;
import app.veza.eventstore.personal.KeysUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Answers of commands that were appended before, built again from their events. */
final class AppendedCommands {

    private static final Duration INDEX_WAIT = Duration.ofSeconds(5);

    private final EventLog log;
    private final JacksonEventCodec codec;

    AppendedCommands(EventLog log, JacksonEventCodec codec) {
        this.log = log;
        this.codec = codec;
    }

    /** The answer of an earlier command with the same id, when it is indexed here. */
    Optional<CommandOutcome> answer(CommandOptions options) {
        return options.commandId() == null
                ? Optional.empty()
                : log.appendedBy(options.commandId()).map(earlier -> answer(earlier, options));
    }

    /** The same, but exact: asked of the sequencer, and waiting for an earlier run that is under way. */
    Optional<CommandOutcome> settledAnswer(CommandOptions options) {
        return options.commandId() == null
                ? Optional.empty()
                : log.recorded(options.commandId()).join().map(earlier -> answer(earlier, options));
    }

    /** @throws CommandIdReusedException when the earlier command had another body */
    CommandOutcome answer(AppendOutcome.Duplicate earlier, CommandOptions options) {
        if (earlier.fingerprint() != null
                && options.fingerprint() != null
                && !earlier.fingerprint().equals(options.fingerprint())) {
            throw new CommandIdReusedException();
        }
        if (!log.awaitIndexed(earlier.lastPosition(), INDEX_WAIT)) {
            throw new EventLogUnavailableException(
                    "This node has not yet read the command's events", Duration.ofSeconds(1), null);
        }
        int count = Math.toIntExact(earlier.lastPosition() - earlier.firstPosition() + 1);
        List<RecordedEvent> events = log.read(earlier.firstPosition() - 1, count);
        try {
            return new CommandOutcome(
                    earlier.lastPosition(), events.stream().map(codec::decode).toList(), true);
        } catch (KeysUnavailableException e) {
            throw new EventLogUnavailableException("This node cannot read the command's events", e.retryAfter(), e);
        }
    }
}
