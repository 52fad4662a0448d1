package app.veza.projectionengine;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * What may be told of a value in a read model: verdicts are kept for weeks, read by engineers and written into logs, and whoever is erased
 * meanwhile must not be in them. Numbers, ids and times are told; of a text its length, and a hash by which two of one verdict are
 * seen to be the same or not. It is keyed by what this process alone knows, so that nobody finds a short text by trying.
 */
final class Told {
    private static final Pattern PLAIN = Pattern.compile(
            // numbers, truth values; ids; times, with or without a zone, and days
            "-?[0-9]+([.][0-9]+)?|true|false|\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}"
                    + "|[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9:.]+(Z|[+-][0-9:]+)?)?");

    private static final int HASH_BYTES = 6;
    private static final byte[] KEY = new byte[32];

    static {
        new SecureRandom().nextBytes(KEY);
    }

    private Told() {}

    static JsonNode of(JsonNode value) {
        return switch (value) {
            case StringNode text -> StringNode.valueOf(text(text.stringValue()));
            case ArrayNode array -> {
                ArrayNode told = JsonMapper.shared().createArrayNode();
                array.forEach(element -> told.add(of(element)));
                yield told;
            }
            case ObjectNode object -> {
                ObjectNode told = JsonMapper.shared().createObjectNode();
                object.forEachEntry((name, element) -> told.set(name, of(element)));
                yield told;
            }
            default -> value;
        };
    }

    private static String text(String text) {
        return text.isEmpty() || PLAIN.matcher(text).matches()
                ? text
                : "(%d characters, #%s)".formatted(text.codePointCount(0, text.length()), hash(text));
    }

    private static String hash(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(KEY);
            byte[] hash = digest.digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(Arrays.copyOf(hash, HASH_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
