package app.veza.audio.live;

import java.nio.charset.StandardCharsets;

/**
 * What a player is answered.
 *
 * @param cacheControl how long anybody between may keep it
 */
public record Answer(int status, String contentType, String cacheControl, byte[] body) {

    static final String FOREVER = "public, max-age=31536000, immutable";

    static Answer found(String contentType, String cacheControl, byte[] body) {
        return new Answer(200, contentType, cacheControl, body);
    }

    public static Answer refused(int status, String text) {
        return new Answer(
                status, "text/plain; charset=utf-8", "no-store", (text + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
