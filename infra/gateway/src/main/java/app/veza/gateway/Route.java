package app.veza.gateway;

import java.util.function.BiFunction;

/**
 * Where a socket may be opened.
 *
 * @param pattern path such as {@code /ws} or {@code /live/{id}}
 * @param maxBinaryBytes largest binary message, its fragments together; 0 when the route takes none (closed with 1003);
 *     they do not count as frames per second: its handler pauses reading when they are too many
 * @param handlers makes the handler of each new connection, once it is authenticated; nothing may be
 *     sent before {@link ConnectionHandler#opened}
 */
public record Route(
        String pattern,
        int maxBinaryBytes,
        Authenticator authenticator,
        BiFunction<Connection, Handshake, ConnectionHandler> handlers) {

    public Route {
        if (maxBinaryBytes < 0) {
            throw new IllegalArgumentException("maxBinaryBytes is not negative: " + maxBinaryBytes);
        }
    }

    public static Route text(
            String pattern,
            Authenticator authenticator,
            BiFunction<Connection, Handshake, ConnectionHandler> handlers) {
        return new Route(pattern, 0, authenticator, handlers);
    }
}
