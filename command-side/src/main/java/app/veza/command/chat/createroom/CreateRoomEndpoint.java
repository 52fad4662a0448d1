package app.veza.command.chat.createroom;

import app.veza.command.Ids;
import app.veza.command.http.Answers;
import app.veza.command.http.Caller;
import app.veza.command.http.CommandRequest;
import app.veza.command.http.Commands;
import app.veza.command.http.InputCheck;
import app.veza.command.http.Limits;
import app.veza.command.http.OneOf;
import app.veza.command.http.Required;
import app.veza.event.chat.RoomCreated;
import app.veza.event.chat.Visibility;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class CreateRoomEndpoint {

    private static final String OPERATION = "chat.createroom";
    private static final int NAME_LENGTH = 80;
    private static final int TOPIC_LENGTH = 250;

    private final Commands commands;

    CreateRoomEndpoint(Commands commands) {
        this.commands = commands;
    }

    /** @param visibility public or private; public when missing */
    record Body(
            @Limits(min = 1, max = NAME_LENGTH) @Required @Nullable
            String name,

            @OneOf(Visibility.class) @Nullable String visibility,
            @Limits(max = TOPIC_LENGTH) @Nullable String topic) {}

    record Answer(UUID roomId) {}

    @ResponseStatus(HttpStatus.CREATED)
    @PostMapping("/api/rooms")
    ResponseEntity<Answer> create(Caller caller, CommandRequest request, @RequestBody Body body) {
        var input = new InputCheck();
        var command = new CreateRoom(
                Ids.next(),
                caller.personId(),
                input.line("/name", body.name(), NAME_LENGTH),
                input.optionalLine("/topic", body.topic(), TOPIC_LENGTH),
                input.choice("/visibility", body.visibility(), Visibility.class, Visibility.PUBLIC));
        input.verify();
        var outcome = commands.run(command, request.repeatable(OPERATION, body));
        return Answers.created(
                outcome,
                new Answer(outcome.event(RoomCreated.class).orElseThrow().roomId()));
    }
}
