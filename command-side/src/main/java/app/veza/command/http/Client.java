package app.veza.command.http;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Where a request came from.
 *
 * @param address as the server's proxy settings resolve it
 * @param agent the User-Agent header, cut to a sane length, without control characters
 */
public record Client(String address, @Nullable String agent) {

    private static final int AGENT_LENGTH = 256;

    public static Client of(HttpServletRequest request) {
        return new Client(request.getRemoteAddr(), tame(request.getHeader("User-Agent")));
    }

    private static @Nullable String tame(@Nullable String agent) {
        if (agent == null || agent.isBlank()) {
            return null;
        }
        var tamed = new StringBuilder();
        agent.codePoints()
                .filter(c -> !Character.isISOControl(c))
                .limit(AGENT_LENGTH)
                .forEach(tamed::appendCodePoint);
        return tamed.toString();
    }
}
