package app.veza.command.chat.opendirectroom;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;
import static app.veza.event.EventTags.PAIR;

import app.veza.command.History;
import app.veza.command.Ids;
import app.veza.command.http.Answers;
import app.veza.command.http.Caller;
import app.veza.command.http.CommandRequest;
import app.veza.command.http.Commands;
import app.veza.command.http.InputCheck;
import app.veza.command.http.Required;
import app.veza.event.chat.DirectRoomOpened;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class OpenDirectRoomEndpoint {

    private static final String OPERATION = "chat.opendirectroom";

    private final Commands commands;
    private final History history;

    OpenDirectRoomEndpoint(Commands commands, History history) {
        this.commands = commands;
        this.history = history;
    }

    record Body(@Required @Nullable String userId) {}

    record Answer(UUID roomId) {}

    /** 201 when it was opened now, 200 when they had one. */
    @ResponseStatus(HttpStatus.CREATED)
    @PostMapping("/api/rooms/direct")
    ResponseEntity<Answer> open(Caller caller, CommandRequest request, @RequestBody Body body) {
        var input = new InputCheck();
        var command = new OpenDirectRoom(Ids.next(), caller.personId(), input.id("/userId", body.userId()));
        input.verify();
        var outcome = commands.run(command, request.repeatable(OPERATION, body));
        Optional<DirectRoomOpened> opened = outcome.event(DirectRoomOpened.class);
        return opened.isPresent()
                ? Answers.created(outcome, new Answer(opened.get().roomId()))
                : Answers.ok(outcome, new Answer(roomOf(command.pairId())));
    }

    /** That there is one the decision has found, and it never goes away. */
    private UUID roomOf(UUID pairId) {
        return history.read(events(tag(PAIR, pairId), DirectRoomOpened.class)).stream()
                .map(DirectRoomOpened.class::cast)
                .map(DirectRoomOpened::roomId)
                .findFirst()
                .orElseThrow();
    }
}
