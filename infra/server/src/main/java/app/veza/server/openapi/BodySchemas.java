package app.veza.server.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Schema;
import java.util.Map;
import java.util.Objects;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;

/** Clients may leave out of a body what may be null in it: only answers have it always. */
final class BodySchemas implements GlobalOpenApiCustomizer {

    @Override
    public void customise(OpenAPI document) {
        Map<String, Schema> schemas = document.getComponents().getSchemas();
        document.getPaths().values().stream()
                .flatMap(path -> path.readOperations().stream())
                .map(Operation::getRequestBody)
                .filter(Objects::nonNull)
                .flatMap(body -> body.getContent().values().stream())
                .map(content -> content.getSchema().get$ref())
                .filter(Objects::nonNull)
                .map(reference -> schemas.get(reference.substring(reference.lastIndexOf('/') + 1)))
                .forEach(BodySchemas::requireNoMoreThanIsNeeded);
    }

    private static void requireNoMoreThanIsNeeded(Schema<?> body) {
        if (body.getRequired() != null) {
            body.setRequired(body.getRequired().stream()
                    .filter(name ->
                            !RecordSchemas.mayBeNull(body.getProperties().get(name)))
                    .toList());
        }
    }
}
