package app.veza.command.chat.changeroom;

import app.veza.command.http.Answers;
import app.veza.command.http.Caller;
import app.veza.command.http.CommandRequest;
import app.veza.command.http.Commands;
import app.veza.command.http.InputCheck;
import app.veza.command.http.Limits;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class ChangeRoomEndpoint {

    private static final String OPERATION = "chat.changeroom";
    private static final int NAME_LENGTH = 80;
    private static final int TOPIC_LENGTH = 250;

    private final Commands commands;

    ChangeRoomEndpoint(Commands commands) {
        this.commands = commands;
    }

    /**
     * @param name stays when missing
     * @param topic stays when missing; an empty one takes it away
     */
    record Body(
            @Limits(min = 1, max = NAME_LENGTH) @Nullable String name,
            @Limits(max = TOPIC_LENGTH) @Nullable String topic) {}

    @ResponseStatus(HttpStatus.NO_CONTENT)
    @PatchMapping("/api/rooms/{roomId}")
    ResponseEntity<Void> change(
            Caller caller, CommandRequest request, @PathVariable UUID roomId, @RequestBody Body body) {
        var input = new InputCheck();
        String name = body.name() == null ? null : input.line("/name", body.name(), NAME_LENGTH);
        String topic = input.optionalLine("/topic", body.topic(), TOPIC_LENGTH);
        input.check(body.name() != null || body.topic() != null, "", "needs a name or a topic");
        input.verify();
        boolean withoutTopic = body.topic() != null && topic == null;
        var command = new ChangeRoom(roomId, caller.personId(), name, withoutTopic ? "" : topic);
        return Answers.noContent(commands.run(command, request.repeatable(OPERATION, roomId, body)));
    }
}
