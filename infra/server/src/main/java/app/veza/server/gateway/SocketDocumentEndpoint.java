package app.veza.server.gateway;

import app.veza.server.node.ConditionalOnRole;
import app.veza.server.node.NodeConfig;
import app.veza.server.node.Role;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /asyncapi.json}: the socket's frames, as AsyncAPI 3.0. Written by hand, in {@code asyncapi.json} beside this class's package, and
 * held to what the code does by the tests: whatever a socket sends there is checked against it.
 */
@RestController
@ConditionalOnRole(Role.GATEWAY)
class SocketDocumentEndpoint {

    private final String document;

    SocketDocumentEndpoint(NodeConfig node) throws IOException {
        String template = new ClassPathResource("asyncapi.json", getClass()).getContentAsString(StandardCharsets.UTF_8);
        document = template.replace("${host}", node.gatewayUrl().getAuthority())
                .replace("${protocol}", node.gatewayUrl().getScheme());
    }

    @GetMapping(path = "/asyncapi.json", produces = MediaType.APPLICATION_JSON_VALUE)
    @ApiResponse(
            responseCode = "200",
            description = "An AsyncAPI 3.0 document",
            content = @Content(schema = @Schema(type = "object")))
    String socket() {
        return document;
    }
}
