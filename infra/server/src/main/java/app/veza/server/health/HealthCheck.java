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
     * @throws DegradedException when it does its work and needs somebody's attention
     * @throws DownException when it does not do its work, in words that anybody may read
     * @throws Exception when it does not, in words that are for the node's log alone
     */
    Map<String, Object> check() throws Exception;
}
