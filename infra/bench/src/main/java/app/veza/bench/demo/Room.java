package app.veza.bench.demo;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;

/** A room of the demo, by its id on the platform. */
final class Room {
    final String id;
    final String name;
    final boolean open;
    final UUID owner;
    final Set<UUID> members = new LinkedHashSet<>();
    final Set<UUID> muted = new HashSet<>();
    int said;

    Room(String id, String name, boolean open, UUID owner) {
        this.id = id;
        this.name = name;
        this.open = open;
        this.owner = owner;
    }
}
