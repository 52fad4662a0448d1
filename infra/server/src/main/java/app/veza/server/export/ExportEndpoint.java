package app.veza.server.export;

import app.veza.command.Overloaded;
import app.veza.command.http.Caller;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /api/me/export}: all data of the caller, as an archive. */
@RestController
final class ExportEndpoint {

    private static final String ZIP = "application/zip";

    /** On this node: each holds a connection to the storage, and a thread. */
    private static final int AT_ONCE = 16;

    private static final Duration LATER = Duration.ofSeconds(30);

    private final PersonalHistory history;
    private final Archive archive;
    private final InstantSource clock;
    private final Semaphore room = new Semaphore(AT_ONCE);

    ExportEndpoint(PersonalHistory history, Archive archive, InstantSource clock) {
        this.history = history;
        this.archive = archive;
        this.clock = clock;
    }

    @PostMapping(path = "/api/me/export", produces = ZIP)
    @ApiResponse(
            responseCode = "200",
            description = "A zip of JSON documents and of the caller's files",
            content = @Content(mediaType = ZIP, schema = @Schema(type = "string", format = "binary")))
    void export(Caller caller, HttpServletResponse response) throws IOException {
        if (!room.tryAcquire()) {
            throw new Overloaded("Others are having theirs exported.", LATER);
        }
        try {
            send(caller, response);
        } finally {
            room.release();
        }
    }

    private void send(Caller caller, HttpServletResponse response) throws IOException {
        long upTo = history.upTo();
        response.setContentType(ZIP);
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"veza-export.zip\"");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader("Veza-Position", Long.toString(upTo));
        archive.write(
                caller.personId(),
                upTo,
                clock.instant(),
                new PacedOutput(response.getOutputStream(), System::nanoTime));
    }
}
