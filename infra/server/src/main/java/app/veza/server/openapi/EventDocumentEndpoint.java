package app.veza.server.openapi;

import app.veza.event.EventSchemas;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /asyncapi/events.json}: the events of the log, as AsyncAPI 3.0. */
@RestController
class EventDocumentEndpoint {

    private final String document = EventSchemas.asyncApi();

    @GetMapping(path = "/asyncapi/events.json", produces = MediaType.APPLICATION_JSON_VALUE)
    @ApiResponse(
            responseCode = "200",
            description = "An AsyncAPI 3.0 document",
            content = @Content(schema = @Schema(type = "object")))
    String events() {
        return document;
    }
}
