package app.veza.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is served where; the first pattern that matches wins. Immutable after start. */
final class Routes {
    record Match<T>(T target, Map<String, String> pathVariables) {}

    private record Entry<T>(PathPattern pattern, T target) {}

    private final List<Entry<Route>> sockets = new ArrayList<>();
    private final List<Entry<HttpHandler>> pages = new ArrayList<>();

    void add(Route route) {
        sockets.add(new Entry<>(PathPattern.parse(route.pattern()), route));
    }

    void add(String pattern, HttpHandler handler) {
        pages.add(new Entry<>(PathPattern.parse(pattern), handler));
    }

    Optional<Match<Route>> socket(String path) {
        return find(sockets, path);
    }

    Optional<Match<HttpHandler>> page(String path) {
        return find(pages, path);
    }

    private static <T> Optional<Match<T>> find(List<Entry<T>> entries, String path) {
        for (Entry<T> entry : entries) {
            Optional<Map<String, String>> variables = entry.pattern().match(path);
            if (variables.isPresent()) {
                return Optional.of(new Match<>(entry.target(), variables.get()));
            }
        }
        return Optional.empty();
    }
}
