package app.veza.command.streaming.createstream;

import app.veza.command.CommandSideConfig;
import app.veza.command.Ids;
import app.veza.command.http.Answers;
import app.veza.command.http.Caller;
import app.veza.command.http.CommandRequest;
import app.veza.command.http.Commands;
import app.veza.command.http.InputCheck;
import app.veza.command.http.Limits;
import app.veza.command.http.OneOf;
import app.veza.command.http.Required;
import app.veza.event.streaming.StreamCreated;
import app.veza.event.streaming.Visibility;
import java.net.URI;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriComponentsBuilder;

@RestController
final class CreateStreamEndpoint {

    private static final String OPERATION = "streaming.createstream";
    private static final int TITLE_LENGTH = 80;
    private static final int DESCRIPTION_LENGTH = 2_000;

    private final Commands commands;
    private final CommandSideConfig config;
    private final OwnLinks links;

    CreateStreamEndpoint(Commands commands, CommandSideConfig config, OwnLinks links) {
        this.commands = commands;
        this.config = config;
        this.links = links;
    }

    /**
     * @param visibility public or private; public when missing
     * @param record whether a recording is kept; true when missing
     */
    record Body(
            @Limits(min = 1, max = TITLE_LENGTH) @Required @Nullable
            String title,

            @Limits(max = DESCRIPTION_LENGTH) @Nullable String description,
            @OneOf(Visibility.class) @Nullable String visibility,
            @Nullable Boolean record) {}

    /** @param playbackUrl for everybody; of a private stream for its broadcaster alone, signed and good for some hours */
    record Answer(UUID streamId, URI ingestUrl, URI playbackUrl) {}

    @ResponseStatus(HttpStatus.CREATED)
    @PostMapping("/api/streams")
    ResponseEntity<Answer> create(Caller caller, CommandRequest request, @RequestBody Body body) {
        var input = new InputCheck();
        var command = new CreateStream(
                Ids.next(),
                caller.personId(),
                input.line("/title", body.title(), TITLE_LENGTH),
                input.optionalText("/description", body.description(), DESCRIPTION_LENGTH),
                input.choice("/visibility", body.visibility(), Visibility.class, Visibility.PUBLIC),
                body.record() == null || body.record());
        input.verify();
        var outcome = commands.run(command, request.repeatable(OPERATION, body));
        StreamCreated created = outcome.event(StreamCreated.class).orElseThrow();
        UUID streamId = created.streamId();
        URI playback = created.visibility() == Visibility.PRIVATE
                ? links.own(caller, streamId)
                : below(config.playbackBase(), "live", streamId.toString(), "master.m3u8");
        return Answers.created(
                outcome, new Answer(streamId, below(config.gatewayBase(), "live", streamId.toString()), playback));
    }

    private static URI below(URI base, String... segments) {
        return UriComponentsBuilder.fromUri(base).pathSegment(segments).build().toUri();
    }
}
