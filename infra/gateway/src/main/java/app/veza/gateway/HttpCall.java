package app.veza.gateway;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A plain HTTP request (GET, HEAD or OPTIONS, without a body).
 *
 * @param path decoded path, without the query
 * @param pathVariables values of the route pattern's {@code {names}}
 * @param headers header values by lower-case name
 */
public record HttpCall(
        String method,
        String path,
        Map<String, String> pathVariables,
        Map<String, List<String>> query,
        Map<String, List<String>> headers,
        String remoteAddress) {

    public Optional<String> header(String name) {
        List<String> values = headers.get(name.toLowerCase(java.util.Locale.ROOT));
        return values == null ? Optional.empty() : Optional.of(values.getFirst());
    }

    public Optional<String> queryParameter(String name) {
        List<String> values = query.get(name);
        return values == null ? Optional.empty() : Optional.of(values.getFirst());
    }
}
