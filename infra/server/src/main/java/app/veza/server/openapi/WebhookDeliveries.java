package app.veza.server.openapi;

import app.veza.command.notification.WebhookInput;
import app.veza.event.notification.WebhookType;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What webhooks are sent, each type an operation of whoever receives it. */
final class WebhookDeliveries {

    private static final String TAG = "notification";
    private static final String TEST = "webhook.test";

    private WebhookDeliveries() {}

    /** By type. */
    static Map<String, PathItem> all() {
        Map<String, PathItem> all = new LinkedHashMap<>();
        for (WebhookType type : WebhookType.values()) {
            String word = WebhookInput.word(type);
            all.put(word, delivery(word, summary(type), data(type)));
        }
        all.put(
                TEST,
                delivery(
                        TEST,
                        "Somebody asked for it, to see whether it arrives",
                        data().addProperty("webhookId", id())));
        all.values().forEach(item -> requireAll(item.getPost()));
        return all;
    }

    private static String summary(WebhookType type) {
        return switch (type) {
            case MESSAGE_SENT -> "Somebody sent a message to the room";
            case MESSAGE_EDITED -> "Somebody changed a message of theirs";
            case MESSAGE_DELETED -> "A message was taken away: it has no text any more";
            case MEMBER_JOINED -> "Somebody is a member of the room now";
            case MEMBER_LEFT -> "Somebody is no member of the room any more";
            case STREAM_STARTED -> "A stream of whose webhook it is went live";
            case STREAM_STOPPED -> "A stream of whose webhook it is ended";
        };
    }

    private static Schema<?> data(WebhookType type) {
        return switch (type) {
            case MESSAGE_SENT, MESSAGE_EDITED, MESSAGE_DELETED -> ofRoom().addProperty("message", shared("Message"));
            case MEMBER_JOINED ->
                ofRoom().addProperty("person", shared("Person")).addProperty("role", new StringSchema());
            case MEMBER_LEFT -> ofRoom().addProperty("person", shared("Person"));
            case STREAM_STARTED, STREAM_STOPPED ->
                data().addProperty("streamId", id()).addProperty("stream", shared("LiveStream"));
        };
    }

    private static Schema<?> ofRoom() {
        return data().addProperty("roomId", id());
    }

    private static Schema<?> data() {
        return new ObjectSchema()
                .addProperty("position", new IntegerSchema().format("int64").description("In the event log."));
    }

    private static Schema<?> id() {
        return new StringSchema().format("uuid");
    }

    /** As reads show it. */
    private static Schema<?> shared(String name) {
        return new Schema<>().$ref("#/components/schemas/" + name);
    }

    private static PathItem delivery(String type, String summary, Schema<?> data) {
        Schema<?> body = new ObjectSchema()
                .addProperty("type", new StringSchema()._const(type))
                .addProperty("timestamp", new StringSchema().format("date-time").description("When it happened."))
                .addProperty("data", data);
        return new PathItem()
                .post(new Operation()
                        .operationId(type)
                        .tags(List.of(TAG))
                        .summary(summary)
                        .security(List.of())
                        .addParametersItem(header("webhook-id", "The same at every attempt."))
                        .addParametersItem(header("webhook-timestamp", "Of the attempt, in seconds since 1970."))
                        .addParametersItem(header(
                                "webhook-signature",
                                "By the Standard Webhooks specification, with each secret that is good."))
                        .requestBody(new RequestBody()
                                .required(true)
                                .content(new Content().addMediaType("application/json", new MediaType().schema(body))))
                        .responses(answers()));
    }

    private static HeaderParameter header(String name, String description) {
        var header = new HeaderParameter();
        header.name(name).description(description).required(true).schema(new StringSchema());
        return header;
    }

    private static ApiResponses answers() {
        return new ApiResponses()
                .addApiResponse("2XX", new ApiResponse().description("Taken"))
                .addApiResponse("410", new ApiResponse().description("Gone: the webhook is disabled"))
                .addApiResponse(
                        "default",
                        new ApiResponse().description("Not taken, as is silence for 15 s: it comes again, for days"));
    }

    private static void requireAll(Operation operation) {
        Schema<?> body =
                operation.getRequestBody().getContent().get("application/json").getSchema();
        Schema<?> data = body.getProperties().get("data");
        body.required(List.copyOf(body.getProperties().keySet()));
        data.required(List.copyOf(data.getProperties().keySet()));
    }
}
