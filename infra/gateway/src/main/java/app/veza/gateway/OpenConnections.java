package app.veza.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The open connections of all loops by whose they are; any thread. Nobody has many, so the lists are copied when they change. */
final class OpenConnections {
    private final ConcurrentHashMap<String, Integer> byPrincipal = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, List<Connection>> bySession = new ConcurrentHashMap<>();
    private final int mostOfOne;

    /** @param mostOfOne connections of one principal at once */
    OpenConnections(int mostOfOne) {
        this.mostOfOne = mostOfOne;
    }

    /** False when its principal has as many as it may: then it is not among them. */
    boolean enter(Connection connection) {
        int all = byPrincipal.merge(connection.principal().id(), 1, Integer::sum);
        if (all > mostOfOne) {
            forget(connection.principal());
            return false;
        }
        bySession.merge(connection.principal().sessionKey(), List.of(connection), OpenConnections::plus);
        return true;
    }

    /** One that had entered is no more. */
    void leave(Connection connection) {
        forget(connection.principal());
        bySession.computeIfPresent(connection.principal().sessionKey(), (key, all) -> minus(all, connection));
    }

    List<Connection> ofSession(String sessionKey) {
        return bySession.getOrDefault(sessionKey, List.of());
    }

    private void forget(Principal principal) {
        byPrincipal.computeIfPresent(principal.id(), (id, all) -> all == 1 ? null : all - 1);
    }

    private static List<Connection> plus(List<Connection> all, List<Connection> more) {
        List<Connection> changed = new ArrayList<>(all);
        changed.addAll(more);
        return List.copyOf(changed);
    }

    private static @Nullable List<Connection> minus(List<Connection> all, Connection gone) {
        List<Connection> changed = new ArrayList<>(all);
        changed.remove(gone);
        return changed.isEmpty() ? null : List.copyOf(changed);
    }
}
