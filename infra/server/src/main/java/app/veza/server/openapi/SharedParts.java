package app.veza.server.openapi;

import app.veza.command.http.CommandRequest;
import app.veza.command.http.LogRead;
import app.veza.query.http.Reads;
import app.veza.server.security.PublicPaths;
import app.veza.server.security.RouteRoles;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import java.lang.reflect.AnnotatedElement;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.HttpMethod;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.method.HandlerMethod;

/** Adds to each operation what all of its kind have: headers, the problems that may come, whether it needs a token. */
final class SharedParts implements GlobalOperationCustomizer {

    static final String BEARER = "bearer";

    /** Paths, some with a method, that are decided again each time they come: see {@link CommandRequest#unrepeatable()}. */
    private static final Set<String> UNREPEATABLE = Set.of(
            "/auth/login",
            "/auth/refresh",
            "/auth/logout",
            "/auth/password",
            "/auth/password/forgot",
            "/auth/password/reset",
            "/auth/email/verify",
            "/auth/email/verification",
            "/auth/oauth2/token",
            "/auth/oauth2/{provider}/callback",
            "/api/me/providers",
            "/api/me/providers/{provider}",
            "/auth/totp/begin",
            "/auth/totp/confirm",
            "/auth/totp/remove",
            "/auth/totp/recovery-codes",
            "/auth/sessions",
            "/auth/sessions/{id}",
            "/api/users/{id}/sessions",
            "DELETE /api/me",
            "DELETE /api/streams/{streamId}/listeners/me",
            "/api/admin/admins");

    /** Refused to who signed in long ago and does not prove anew that it is them. */
    private static final Set<String> PROVEN_ANEW = Set.of("/auth/totp/confirm", "/api/me/providers");

    @Override
    public Operation customize(Operation operation, HandlerMethod handler) {
        String path = path(handler);
        boolean isCommand = takes(handler, CommandRequest.class);
        boolean isLogRead = takes(handler, LogRead.class);
        boolean isRepeatable =
                isCommand && !UNREPEATABLE.contains(path) && !UNREPEATABLE.contains(method(handler) + " " + path);
        boolean isRead = parameters(operation).stream().anyMatch(p -> Reads.MIN_POSITION.equals(p.getName()));
        operation.setOperationId(operationId(handler));
        if (operation.getSummary() == null) {
            operation.setSummary(Summaries.of(method(handler), path).orElseGet(() -> summary(handler)));
        }
        operation.setTags(List.of(context(handler)));
        if (isCommand) {
            operation.addParametersItem(new HeaderParameter()
                    .name(Reads.MIN_POSITION)
                    .description("The decision is to know everything up to this position.")
                    .schema(position()));
        }
        if (isLogRead) {
            operation.addParametersItem(new HeaderParameter()
                    .name(Reads.MIN_POSITION)
                    .description("The answer is to know everything up to this position.")
                    .schema(position()));
        }
        if (isCommand || isRead || isLogRead) {
            operation.addParametersItem(new HeaderParameter()
                    .name(Reads.LOG)
                    .description("The log that the client's positions and cursors are of. Another one is in use: 412,"
                            + " log-replaced.")
                    .schema(new StringSchema()));
        }
        if (isRepeatable) {
            operation.addParametersItem(new HeaderParameter()
                    .name("Idempotency-Key")
                    .description("The same key and body give the same answer. Keys are the caller's own.")
                    .schema(new StringSchema().minLength(1).maxLength(255).pattern("^[!-~]+$")));
        }
        if (isCommand || isRead || isLogRead) {
            succeedAt(operation.getResponses(), isRead);
        }
        boolean isPublic = PublicPaths.contain(path);
        List<String> roles = RouteRoles.of(method(handler), path);
        if (isPublic) {
            operation.setSecurity(List.of());
        } else if (!roles.isEmpty()) {
            // OpenAPI 3.1: for a scheme that is no OAuth the list names the roles that are needed, here any of them
            operation.setSecurity(List.of(new SecurityRequirement().addList(BEARER, roles)));
        }
        failures(operation, path, isCommand, isRepeatable, isRead, isLogRead, !isPublic, !roles.isEmpty())
                .forEach((status, response) -> operation.getResponses().putIfAbsent(status, response));
        return operation;
    }

    private static boolean takes(HandlerMethod handler, Class<?> argument) {
        return Arrays.stream(handler.getMethodParameters())
                .anyMatch(parameter -> parameter.getParameterType() == argument);
    }

    private static TreeMap<String, ApiResponse> failures(
            Operation operation,
            String path,
            boolean isCommand,
            boolean isRepeatable,
            boolean isRead,
            boolean isLogRead,
            boolean needsToken,
            boolean needsRole) {
        boolean hasBody = operation.getRequestBody() != null;
        var failures = new TreeMap<String, ApiResponse>();
        Set<String> statuses = new TreeSet<>(List.of("429"));
        if (hasBody || !parameters(operation).isEmpty()) {
            statuses.add("400");
        }
        if (needsToken
                || path.startsWith("/auth/log")
                || path.startsWith("/auth/refresh")
                || path.startsWith("/auth/oauth2/")) {
            statuses.add("401");
        }
        if (needsRole) {
            statuses.add("403");
        }
        if (path.startsWith("/api/admin/")) {
            statuses.addAll(List.of("422", "503"));
        }
        if (path.startsWith("/api/analytics/")) {
            statuses.add("422");
        }
        if (path.contains("{")) {
            statuses.add("404");
            if (path.startsWith("/api/rooms/") || isCommand) {
                statuses.add("403");
            }
        }
        if (PROVEN_ANEW.contains(path) && isCommand) {
            statuses.add("403");
        }
        if (isCommand || isRead || isLogRead) {
            statuses.addAll(List.of("412", "503"));
        }
        if (isCommand) {
            statuses.add("409");
        }
        if (isRepeatable) {
            statuses.add("422");
        }
        if (hasBody) {
            statuses.addAll(List.of("413", "415", "422"));
        }
        if (isRead) {
            statuses.add("304");
        }
        statuses.forEach(status -> failures.put(
                status,
                status.equals("304")
                        ? new ApiResponse().description("Not modified: the entity tag of If-None-Match still holds.")
                        : SharedProblems.reference(status)));
        return failures;
    }

    /** The successful answer: where in the log it stands and, of a read, its entity tag. */
    private static void succeedAt(ApiResponses responses, boolean isRead) {
        responses.forEach((status, response) -> {
            response.addHeaderObject(
                    Reads.POSITION,
                    new Header()
                            .description("Send it as Veza-Min-Position with a read that is not to be older.")
                            .schema(position()));
            response.addHeaderObject(
                    Reads.LOG,
                    new Header()
                            .description("Id of the log that the position is one of: keep it beside the position.")
                            .schema(new StringSchema()));
            if (isRead) {
                response.addHeaderObject("ETag", new Header().schema(new StringSchema()));
            }
        });
    }

    private static Schema<?> position() {
        return new IntegerSchema().format("int64").minimum(BigDecimal.ZERO);
    }

    private static List<Parameter> parameters(Operation operation) {
        return operation.getParameters() == null ? List.of() : operation.getParameters();
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

    private static HttpMethod method(HandlerMethod handler) {
        RequestMapping mapping = AnnotatedElementUtils.findMergedAnnotation(handler.getMethod(), RequestMapping.class);
        if (mapping == null || mapping.method().length != 1) {
            throw new IllegalStateException(handler + " must name one HTTP method");
        }
        return mapping.method()[0].asHttpMethod();
    }

    private static String path(HandlerMethod handler) {
        return mapping(handler.getBeanType()) + mapping(handler.getMethod());
    }

    private static String mapping(AnnotatedElement element) {
        RequestMapping mapping = AnnotatedElementUtils.findMergedAnnotation(element, RequestMapping.class);
        return mapping == null || mapping.path().length == 0 ? "" : mapping.path()[0];
    }
}
