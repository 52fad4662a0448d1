package app.veza.command.streaming.describestream;

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
final class DescribeStreamEndpoint {

    private static final String OPERATION = "streaming.describestream";
    private static final int TITLE_LENGTH = 80;
    private static final int DESCRIPTION_LENGTH = 2_000;
    private static final int PLAYING_LENGTH = 200;

    private final Commands commands;

    DescribeStreamEndpoint(Commands commands) {
        this.commands = commands;
    }

    /**
     * @param title stays when missing
     * @param description stays when missing; an empty one takes it away
     * @param nowPlaying what is heard at the moment, likewise
     */
    record Body(
            @Limits(min = 1, max = TITLE_LENGTH) @Nullable String title,
            @Limits(max = DESCRIPTION_LENGTH) @Nullable String description,
            @Limits(max = PLAYING_LENGTH) @Nullable String nowPlaying) {}

    @ResponseStatus(HttpStatus.NO_CONTENT)
    @PatchMapping("/api/streams/{streamId}")
    ResponseEntity<Void> describe(
            Caller caller, CommandRequest request, @PathVariable UUID streamId, @RequestBody Body body) {
        var input = new InputCheck();
        String title = body.title() == null ? null : input.line("/title", body.title(), TITLE_LENGTH);
        String description = input.optionalText("/description", body.description(), DESCRIPTION_LENGTH);
        String nowPlaying = input.optionalLine("/nowPlaying", body.nowPlaying(), PLAYING_LENGTH);
        input.check(
                body.title() != null || body.description() != null || body.nowPlaying() != null,
                "",
                "needs a title, a description or what is playing");
        input.verify();
        var command = new DescribeStream(
                streamId,
                caller.personId(),
                title,
                orNone(body.description(), description),
                orNone(body.nowPlaying(), nowPlaying));
        return Answers.noContent(commands.run(command, request.repeatable(OPERATION, streamId, body)));
    }

    /** Empty, which is to say none, where something blank was given. */
    private static @Nullable String orNone(@Nullable String given, @Nullable String text) {
        return given != null && text == null ? "" : text;
    }
}
