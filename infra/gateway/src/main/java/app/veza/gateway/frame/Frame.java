package app.veza.gateway.frame;

import app.veza.gateway.Connection;
import app.veza.gateway.Problem;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a client sent.
 *
 * @param id string or integer, echoed in the reply
 * @param body the whole object, {@code id} and {@code type} included
 * @param bytes that it came in
 */
public record Frame(Connection connection, JsonNode id, String type, ObjectNode body, int bytes) {

    /** @throws FrameProblemException when the member is missing or no string */
    public String string(String member) {
        return optionalString(member).orElseThrow(() -> invalid(member, "is required"));
    }

    /** @throws FrameProblemException when the member is there and no string */
    public Optional<String> optionalString(String member) {
        JsonNode value = body.get(member);
        if (value == null || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isString()) {
            throw malformed(member, "must be a string");
        }
        return Optional.of(value.stringValue());
    }

    /** @throws FrameProblemException when the member is there and no integer of 64 bits */
    public Optional<Long> optionalLong(String member) {
        JsonNode value = body.get(member);
        if (value == null || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw malformed(member, "must be an integer");
        }
        return Optional.of(value.longValue());
    }

    /** @throws FrameProblemException when the member is there and no array of strings */
    public Optional<List<String>> optionalStrings(String member) {
        JsonNode value = body.get(member);
        if (value == null || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isArray() || !value.valueStream().allMatch(JsonNode::isString)) {
            throw malformed(member, "must be an array of strings");
        }
        return Optional.of(value.valueStream().map(JsonNode::stringValue).toList());
    }

    /** A member of the wrong type, as over HTTP no valid body. */
    private static FrameProblemException malformed(String member, String detail) {
        return new FrameProblemException(
                Problem.malformed("A value has the wrong type.").with(fault(member, detail)));
    }

    /** A problem with one member, to be thrown. */
    public static FrameProblemException invalid(String member, String detail) {
        return new FrameProblemException(
                Problem.of(422, "invalid", "Invalid input", null).with(fault(member, detail)));
    }

    private static Problem.Violation fault(String member, String detail) {
        return new Problem.Violation("/" + member.replace("~", "~0").replace("/", "~1"), detail);
    }
}
