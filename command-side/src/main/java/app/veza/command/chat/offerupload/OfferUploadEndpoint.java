package app.veza.command.chat.offerupload;

import app.veza.command.Ids;
import app.veza.command.chat.AttachmentStore;
import app.veza.command.http.Answers;
import app.veza.command.http.Caller;
import app.veza.command.http.Client;
import app.veza.command.http.CommandRequest;
import app.veza.command.http.Commands;
import app.veza.command.http.InputCheck;
import app.veza.command.http.Limits;
import app.veza.command.http.Required;
import app.veza.event.chat.AttachmentOffered;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class OfferUploadEndpoint {

    private static final String OPERATION = "chat.offerupload";
    private static final long LARGEST = 25L << 20;

    /** What clients show or play without harm; nothing that a browser would run. */
    private static final Set<String> TYPES = Set.of(
            "image/png",
            "image/jpeg",
            "image/gif",
            "image/webp",
            "image/avif",
            "audio/mpeg",
            "audio/ogg",
            "audio/mp4",
            "audio/webm",
            "audio/wav",
            "audio/flac",
            "video/mp4",
            "video/webm",
            "application/pdf",
            "application/zip",
            "text/plain");

    private final Commands commands;
    private final UploadAllowance allowance;
    private final AttachmentStore store;

    OfferUploadEndpoint(Commands commands, UploadAllowance allowance, AttachmentStore store) {
        this.commands = commands;
        this.allowance = allowance;
        this.store = store;
    }

    /**
     * @param contentType media type without parameters
     * @param size in bytes
     */
    record Body(
            @Required @Nullable String contentType,

            @Limits(min = 1, max = LARGEST) @Required @Nullable
            Long size) {}

    /**
     * @param uploadUrl takes a PUT of the file, with its Content-Type and Content-Length as they were told; once a message bears the file,
     *     another PUT changes nothing
     * @param expiresIn seconds for which it does so
     */
    record Answer(URI uploadUrl, UUID attachmentId, long expiresIn) {}

    @ResponseStatus(HttpStatus.CREATED)
    @PostMapping("/api/uploads")
    ResponseEntity<Answer> offer(
            Caller caller, CommandRequest request, HttpServletRequest http, @RequestBody Body body) {
        var input = new InputCheck();
        String type = input.required("/contentType", body.contentType());
        input.check(
                type.isEmpty() || TYPES.contains(type),
                "/contentType",
                "must be one of " + TYPES.stream().sorted().collect(Collectors.joining(", ")));
        Long size = body.size();
        input.check(
                size != null && size >= 1 && size <= LARGEST,
                "/size",
                "must be the number of bytes, from 1 to " + LARGEST);
        input.verify();
        long bytes = Objects.requireNonNull(size);
        allowance.take(caller.personId(), Client.of(http).address(), bytes);
        var outcome = commands.run(
                new OfferUpload(Ids.next(), caller.personId(), type, bytes), request.repeatable(OPERATION, body));
        AttachmentOffered offered = outcome.event(AttachmentOffered.class).orElseThrow();
        return Answers.created(
                outcome,
                new Answer(
                        store.uploadUrl(offered.attachmentId(), offered.contentType(), offered.size()),
                        offered.attachmentId(),
                        AttachmentStore.UPLOAD_LIFE.toSeconds()));
    }
}
