package app.veza.audio.live;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * What a player is answered.
 *
 * @param cacheControl how long anybody between may keep it
 */
public record Answer(int status, String contentType, String cacheControl, byte[] body) {

    /** Of what never changes. An hour, for no cache is told when somebody's voice is deleted. */
    static final String LONG = "public, max-age=3600, immutable";

    static Answer found(String contentType, String cacheControl, byte[] body) {
        return new Answer(200, contentType, cacheControl, body);
    }

    /** By a link that ends: nobody between may go on giving it to others. */
    public Answer forOneListener() {
        return new Answer(status, contentType, cacheControl.replace("public", "private"), body);
    }

    /**
     * A problem of RFC 9457.
     *
     * @param slug last segment of its type
     * @param text what to do, in characters that JSON need not escape
     */
    public static Answer refused(int status, String slug, String text) {
        String problem = "{\"type\":\"https://veza.app/problems/%s\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\"}"
                .formatted(slug, title(slug), status, text);
        return new Answer(status, "application/problem+json", "no-store", problem.getBytes(StandardCharsets.UTF_8));
    }

    /** As the same problems are called elsewhere. */
    private static String title(String slug) {
        return switch (slug) {
            case "malformed" -> "Malformed request";
            case "unavailable" -> "Temporarily unavailable";
            case "forbidden" -> "Not allowed";
            default ->
                slug.substring(0, 1).toUpperCase(Locale.ROOT)
                        + slug.substring(1).replace('-', ' ');
        };
    }
}
