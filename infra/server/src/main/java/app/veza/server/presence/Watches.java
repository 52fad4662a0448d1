package app.veza.server.presence;

import app.veza.gateway.Connection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which sockets of this node want to know of whom. Its caller keeps threads apart. */
final class Watches {

    private final Map<UUID, Set<Connection>> watchersOf = new HashMap<>();
    private final Map<Connection, Set<UUID>> watchedBy = new HashMap<>();
    private final Map<UUID, Set<Connection>> socketsOf = new HashMap<>();

    /**
     * One who watches and the watched.
     *
     * @param viewer whose socket it is
     */
    record Watch(Connection socket, UUID viewer, UUID person) {}

    static UUID owner(Connection socket) {
        return UUID.fromString(socket.principal().id());
    }

    /** These from now on, and nobody else. */
    void set(Connection socket, Set<UUID> people) {
        Set<UUID> before = watchedBy.getOrDefault(socket, Set.of());
        before.stream()
                .filter(person -> !people.contains(person))
                .forEach(person -> remove(watchersOf, person, socket));
        people.forEach(person ->
                watchersOf.computeIfAbsent(person, id -> new HashSet<>(2)).add(socket));
        if (people.isEmpty()) {
            watchedBy.remove(socket);
            remove(socketsOf, owner(socket), socket);
        } else {
            watchedBy.put(socket, new HashSet<>(people));
            socketsOf.computeIfAbsent(owner(socket), id -> new HashSet<>(2)).add(socket);
        }
    }

    /** False when it was not watched. */
    boolean end(Connection socket, UUID person) {
        Set<UUID> watched = watchedBy.get(socket);
        if (watched == null || !watched.contains(person)) {
            return false;
        }
        set(socket, watched.stream().filter(other -> !other.equals(person)).collect(Collectors.toSet()));
        return true;
    }

    boolean isWatched(Connection socket, UUID person) {
        return watchedBy.getOrDefault(socket, Set.of()).contains(person);
    }

    Set<Connection> watchersOf(UUID person) {
        return watchersOf.getOrDefault(person, Set.of());
    }

    /** In which the person is the one who watches, or the watched. */
    Set<Watch> concerning(UUID person) {
        return Stream.concat(
                        watchersOf(person).stream().map(socket -> new Watch(socket, owner(socket), person)),
                        socketsOf.getOrDefault(person, Set.of()).stream()
                                .flatMap(socket ->
                                        watchedBy.get(socket).stream().map(other -> new Watch(socket, person, other))))
                .collect(Collectors.toSet());
    }

    private static void remove(Map<UUID, Set<Connection>> sockets, UUID person, Connection socket) {
        Set<Connection> of = sockets.get(person);
        if (of != null && of.remove(socket) && of.isEmpty()) {
            sockets.remove(person);
        }
    }
}
