package app.veza.gateway;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a client sent to be let in.
 *
 * @param path decoded path, without the query
 * @param pathVariables values of the route pattern's {@code {names}}
 * @param query decoded query parameters
 * @param headers header values by lower-case name
 * @param remoteAddress the peer's address as the socket has it; behind a proxy that is the proxy's
 */
public record Handshake(
        String path,
        Map<String, String> pathVariables,
        Map<String, List<String>> query,
        Map<String, List<String>> headers,
        String remoteAddress) {

    public Optional<String> header(String name) {
        return first(headers.get(name.toLowerCase(java.util.Locale.ROOT)));
    }

    public Optional<String> queryParameter(String name) {
        return first(query.get(name));
    }

    /** The token of {@code Authorization: Bearer}, when there is one. */
    public Optional<String> bearerToken() {
        return header("authorization")
                .filter(value -> value.regionMatches(true, 0, "Bearer ", 0, 7))
                .map(value -> value.substring(7).strip());
    }

    private static Optional<String> first(@org.jspecify.annotations.Nullable List<String> values) {
        return values == null || values.isEmpty() ? Optional.empty() : Optional.of(values.getFirst());
    }
}
