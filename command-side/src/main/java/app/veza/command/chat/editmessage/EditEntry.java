package app.veza.command.chat.editmessage;

import app.veza.command.chat.Mentions;
import app.veza.command.http.CommandRequest;
import app.veza.command.http.Commands;
import app.veza.command.http.InputCheck;
import app.veza.eventstore.command.CommandOutcome;
import java.time.InstantSource;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What lies behind both doors. */
@Component
final class EditEntry {

    private static final String OPERATION = "chat.editmessage";
    static final int TEXT_LENGTH = 10_000;

    private final Commands commands;
    private final Mentions mentions;
    private final InstantSource clock;

    EditEntry(Commands commands, Mentions mentions, InstantSource clock) {
        this.commands = commands;
        this.mentions = mentions;
        this.clock = clock;
    }

    CommandOutcome edit(UUID caller, CommandRequest request, UUID roomId, UUID messageId, @Nullable String typed) {
        var input = new InputCheck();
        String text = input.text("/text", typed, TEXT_LENGTH);
        input.verify();
        var command =
                new EditMessage(roomId, messageId, caller, clock.instant(), text, mentions.in(text, roomId, caller));
        return commands.run(command, request.repeatable(OPERATION, roomId, messageId, text));
    }
}
