package app.veza.server.openapi;

import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.List;
import java.util.TreeMap;

/** The problems that answers may be, by status, for operations to refer to. */
final class SharedProblems {

    static final String SCHEMA = "Problem";

    private SharedProblems() {}

    static ApiResponse reference(String status) {
        return new ApiResponse().$ref("#/components/responses/" + status);
    }

    static Schema<?> schema() {
        Schema<?> fault = new ObjectSchema()
                .addProperty("pointer", new StringSchema().description("JSON pointer into the body, or /parameter"))
                .addProperty("detail", new StringSchema())
                .required(List.of("pointer", "detail"));
        return new ObjectSchema()
                .description("RFC 9457: what went wrong. Programs look at the type.")
                .addProperty("type", new StringSchema().format("uri"))
                .addProperty("title", new StringSchema())
                .addProperty("status", new IntegerSchema())
                .addProperty("detail", new StringSchema())
                .addProperty("instance", new StringSchema().format("uri-reference"))
                .addProperty("errors", new ArraySchema().items(fault))
                .required(List.of("type", "title", "status", "detail"));
    }

    /** The responses that operations refer to, by status. */
    static TreeMap<String, ApiResponse> responses() {
        var responses = new TreeMap<String, ApiResponse>();
        responses.put("400", problem("Malformed request"));
        responses.put("401", withHeader(problem("Not authenticated"), "WWW-Authenticate", new StringSchema()));
        responses.put("403", problem("Not allowed"));
        responses.put("404", problem("Not found, or not to be known to the caller"));
        responses.put("409", problem("Conflict with what is"));
        responses.put(
                "412",
                problem("The history was restored: positions of the log that the request names mean nothing in it"));
        responses.put("413", problem("Body too large"));
        responses.put("415", problem("Bodies are application/json, and not packed"));
        responses.put("422", problem("Invalid input, or an Idempotency-Key used with another body"));
        responses.put("429", withHeader(problem("Too often"), "Retry-After", new IntegerSchema()));
        responses.put(
                "503",
                withHeader(
                        problem(
                                "Temporarily unavailable; of type outcome-unknown where it may have been stored, of type"
                                        + " position-not-reached where Veza-Min-Position does not exist yet"),
                        "Retry-After",
                        new IntegerSchema()));
        return responses;
    }

    private static ApiResponse problem(String description) {
        return new ApiResponse()
                .description(description)
                .content(new Content()
                        .addMediaType(
                                "application/problem+json",
                                new MediaType().schema(new Schema<>().$ref("#/components/schemas/" + SCHEMA))));
    }

    private static ApiResponse withHeader(ApiResponse response, String name, Schema<?> schema) {
        response.addHeaderObject(name, new Header().schema(schema));
        return response;
    }
}
