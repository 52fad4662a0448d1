package app.veza.command.chat.addreaction;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;
import static app.veza.event.EventTags.MESSAGE;

import app.veza.command.History;
import app.veza.command.InvalidInput;
import app.veza.command.chat.Emoji;
import app.veza.command.http.CommandRequest;
import app.veza.command.http.Commands;
import app.veza.event.VezaEvent;
import app.veza.event.chat.ReactionAdded;
import app.veza.event.chat.ReactionRemoved;
import app.veza.eventstore.command.CommandOutcome;
import java.time.InstantSource;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** What lies behind both doors. */
@Component
final class ReactionEntry {

    private static final String OPERATION = "chat.addreaction";

    private final Commands commands;
    private final History history;
    private final InstantSource clock;

    ReactionEntry(Commands commands, History history, InstantSource clock) {
        this.commands = commands;
        this.history = history;
        this.clock = clock;
    }

    CommandOutcome add(UUID caller, CommandRequest request, UUID roomId, UUID messageId, String typed) {
        String emoji = Emoji.parse(typed).orElseThrow(() -> new InvalidInput("/emoji", "must be one emoji"));
        var command = new AddReaction(roomId, messageId, caller, clock.instant(), emoji, !isThere(messageId, emoji));
        return commands.run(command, request.repeatable(OPERATION, roomId, messageId, emoji));
    }

    /** As this node knows it. Were it wrong a moment later, the message would bear one emoji more, or one try would be made anew. */
    private boolean isThere(UUID messageId, String emoji) {
        long count = 0;
        for (VezaEvent event :
                history.read(events(tag(MESSAGE, messageId), ReactionAdded.class, ReactionRemoved.class))) {
            count += switch (event) {
                case ReactionAdded added when added.emoji().equals(emoji) -> 1;
                case ReactionRemoved removed when removed.emoji().equals(emoji) -> -1;
                default -> 0;
            };
        }
        return count > 0;
    }
}
