package app.veza.server.openapi;

import app.veza.query.http.Reads;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.method.HandlerMethod;

/** Adds to each operation what all of its kind have: headers, the problems that may come, whether it needs a token. */
final class SharedParts implements GlobalOperationCustomizer {

    static final String BEARER = "bearer";

    /** Make what is not there, 201, and answer with 200 and the same what is. */
    private static final Set<String> MAKE_OR_FIND = Set.of("POST /api/rooms/direct");

    @Override
    public Operation customize(Operation operation, HandlerMethod handler) {
        Route route = Route.of(handler, operation);
        operation.setOperationId(operationId(handler));
        if (operation.getSummary() == null) {
            operation.setSummary(Summaries.of(route.method(), route.path()).orElseGet(() -> summary(handler)));
        }
        operation.setTags(List.of(context(handler)));
        addHeaders(operation, route);
        describeSuccess(operation.getResponses(), route);
        if (route.isPublic()) {
            operation.setSecurity(List.of());
        } else if (!route.roles().isEmpty()) {
            // OpenAPI 3.1: for a scheme that is no OAuth the list names the roles that are needed, here any of them
            operation.setSecurity(List.of(new SecurityRequirement().addList(BEARER, route.roles())));
        }
        Refusals.of(route, operation)
                .forEach(status -> operation.getResponses().putIfAbsent(status, SharedProblems.reference(status)));
        return operation;
    }

    private static void addHeaders(Operation operation, Route route) {
        if (route.isCommand() || route.isLogRead()) {
            String what = route.isCommand() ? "The decision" : "The answer";
            operation.addParametersItem(new HeaderParameter()
                    .name(Reads.MIN_POSITION)
                    .description(what + " is to know everything up to this position.")
                    .schema(position()));
        }
        if (route.isOfLog()) {
            operation.addParametersItem(new HeaderParameter()
                    .name(Reads.LOG)
                    .description("The log that the client's positions and cursors are of. Another one is in use: 412,"
                            + " log-replaced.")
                    .schema(new StringSchema()));
        }
        if (route.isRepeatable()) {
            operation.addParametersItem(new HeaderParameter()
                    .name("Idempotency-Key")
                    .description("The same key and body give the same answer. Keys are the caller's own.")
                    .schema(new StringSchema().minLength(1).maxLength(255).pattern("^[!-~]+$")));
        }
    }

    /** What answers are that refuse nothing: where in the log they stand, and by which tag they may be asked for again. */
    private static void describeSuccess(ApiResponses responses, Route route) {
        if (route.isIn(MAKE_OR_FIND)) {
            responses.addApiResponse(
                    "200",
                    new ApiResponse()
                            .description("There already")
                            .content(responses.get("201").getContent()));
        }
        boolean isTagged = route.isTagged() && responses.containsKey("200");
        responses.forEach((status, response) -> {
            if (response.getContent() != null) {
                response.getContent()
                        .replaceAll((type, content) ->
                                type.startsWith("text/") ? new MediaType().schema(new StringSchema()) : content);
            }
            if (route.tellsPosition()) {
                response.addHeaderObject(
                        Reads.POSITION,
                        new Header()
                                .description("Send it as Veza-Min-Position with a read that is not to be older.")
                                .schema(position()));
            }
            if (route.isOfLog()) {
                response.addHeaderObject(
                        Reads.LOG,
                        new Header()
                                .description("Id of the log that positions are of: keep it beside them.")
                                .schema(new StringSchema()));
            }
            if (isTagged) {
                response.addHeaderObject("ETag", new Header().schema(new StringSchema()));
            }
        });
        if (isTagged) {
            responses.addApiResponse(
                    "304", new ApiResponse().description("Not modified: the entity tag of If-None-Match still holds."));
        }
    }

    private static Schema<?> position() {
        return new IntegerSchema().format("int64").minimum(BigDecimal.ZERO);
    }

    /** {@code Create room} of {@code CreateRoomEndpoint}; {@code Jobs: cancel} where it has several. */
    private static String summary(HandlerMethod handler) {
        String useCase = words(RecordSchemas.useCase(handler.getBeanType()));
        return hasSeveral(handler)
                ? useCase + ": " + words(handler.getMethod().getName()).toLowerCase(Locale.ROOT)
                : useCase;
    }

    private static String words(String camelCase) {
        String[] words = camelCase.split("(?=[A-Z])");
        String text = String.join(" ", words).toLowerCase(Locale.ROOT);
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    private static boolean hasSeveral(HandlerMethod handler) {
        return Arrays.stream(handler.getBeanType().getDeclaredMethods())
                        .filter(method -> AnnotatedElementUtils.hasAnnotation(method, RequestMapping.class))
                        .count()
                > 1;
    }

    /** {@code createRoom} of {@code CreateRoomEndpoint}; {@code listRooms}, {@code oneOfRooms} where it has several. */
    private static String operationId(HandlerMethod handler) {
        String useCase = RecordSchemas.useCase(handler.getBeanType());
        if (hasSeveral(handler)) {
            String method = handler.getMethod().getName();
            return method.equals("one") ? "oneOf" + useCase : method + useCase;
        }
        return Character.toLowerCase(useCase.charAt(0)) + useCase.substring(1);
    }

    /** The bounded context, {@code chat} of {@code app.veza.command.chat.createroom}; for others the one whose people call it. */
    private static String context(HandlerMethod handler) {
        String part = handler.getBeanType().getPackageName().split("\\.")[3];
        return switch (part) {
            case "erasure", "export", "openid" -> "identity";
            case "audit", "security" -> "admin";
            case "gateway" -> "socket";
            case "openapi" -> "documents";
            default -> part;
        };
    }
}
