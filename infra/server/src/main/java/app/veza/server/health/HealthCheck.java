package app.veza.server.health;

import java.util.Map;

/** Looks at one part of the platform by using it, not by asking a flag. */
public interface HealthCheck {

    /** Name of the part in {@code /api/health}, such as {@code postgresPrimary}. */
    String part();

    /**
     * Uses the part once.
     *
     * @return what is worth telling besides the latency, such as lag or memory
     * @throws Exception when the part does not do its work; the message says what is wrong
     */
    Map<String, Object> check() throws Exception;
}
