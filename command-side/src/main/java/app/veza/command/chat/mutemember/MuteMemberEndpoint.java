package app.veza.command.chat.mutemember;

import app.veza.command.http.Answers;
import app.veza.command.http.Caller;
import app.veza.command.http.CommandRequest;
import app.veza.command.http.Commands;
import app.veza.command.http.InputCheck;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class MuteMemberEndpoint {

    private static final String OPERATION = "chat.mutemember";

    private final Commands commands;
    private final InstantSource clock;

    MuteMemberEndpoint(Commands commands, InstantSource clock) {
        this.commands = commands;
        this.clock = clock;
    }

    /** @param until when it ends by itself, such as 2026-12-31T23:59:59Z; when missing it lasts until it is lifted */
    record Body(@Nullable String until) {}

    @ResponseStatus(HttpStatus.NO_CONTENT)
    @PutMapping("/api/rooms/{roomId}/mutes/{userId}")
    ResponseEntity<Void> mute(
            Caller caller,
            CommandRequest request,
            @PathVariable UUID roomId,
            @PathVariable UUID userId,
            @RequestBody(required = false) @Nullable Body body) {
        var input = new InputCheck();
        Instant until = body == null ? null : input.optionalTime("/until", body.until());
        input.check(until == null || until.isAfter(clock.instant()), "/until", "must lie in the future");
        input.verify();
        var command = new MuteMember(roomId, userId, caller.personId(), until);
        return Answers.noContent(commands.run(command, request.repeatable(OPERATION, roomId, userId, until)));
    }
}
