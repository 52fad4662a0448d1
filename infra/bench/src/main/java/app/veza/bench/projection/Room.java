package app.veza.bench.projection;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A room as it stands. Its members are in the order of coming, which is that of talkativeness, and the first of them owns it: owners do not
 * leave, and when one is erased it goes to who is in it longest.
 */
final class Room {

    /** As far back as people answer, react to or change what was said. */
    private static final int RECENT = 50;

    record Reaction(UUID person, String emoji) {}

    record Said(UUID message, UUID sender, long position, Set<Reaction> reactions) {}

    final UUID id;
    final boolean open;
    private final List<UUID> members = new ArrayList<>();
    private final Map<UUID, Long> readThrough = new HashMap<>();
    private final Map<UUID, Instant> mutedUntil = new HashMap<>();
    private final List<UUID> banned = new ArrayList<>();
    private final List<Said> recent = new ArrayList<>();

    Room(UUID id, boolean open) {
        this.id = id;
        this.open = open;
    }

    UUID owner() {
        return members.getFirst();
    }

    int size() {
        return members.size();
    }

    UUID member(int index) {
        return members.get(index);
    }

    boolean has(UUID person) {
        return readThrough.containsKey(person);
    }

    /** @return whether they were neither in it nor banned */
    boolean join(UUID person, long position) {
        return !banned.contains(person) && readThrough.putIfAbsent(person, position) == null && members.add(person);
    }

    void leave(UUID person) {
        members.remove(person);
        readThrough.remove(person);
    }

    /** @return whether they had not read as far before */
    boolean read(UUID person, long position) {
        return readThrough.get(person) < position && readThrough.put(person, position) != null;
    }

    void say(Said said) {
        read(said.sender(), said.position());
        recent.add(said);
        if (recent.size() > RECENT) {
            recent.removeFirst();
        }
    }

    /** Of what was said lately and still stands, the newest last. */
    List<Said> recent() {
        return recent;
    }

    @Nullable
    Said last() {
        return recent.isEmpty() ? null : recent.getLast();
    }

    void mute(UUID person, @Nullable Instant until) {
        mutedUntil.put(person, until == null ? Instant.MAX : until);
    }

    /** @return whether they had been muted */
    boolean unmute(UUID person) {
        return mutedUntil.remove(person) != null;
    }

    /** Members who are. */
    List<UUID> muted(Instant now) {
        return members.stream().filter(member -> !mayTalk(member, now)).toList();
    }

    boolean mayTalk(UUID person, Instant now) {
        Instant until = mutedUntil.get(person);
        return until == null || !now.isBefore(until);
    }

    /** The member at {@code index}, or the next one who may talk. */
    Optional<UUID> talker(int index, Instant now) {
        for (int i = 0; i < members.size(); i++) {
            UUID member = members.get((index + i) % members.size());
            if (mayTalk(member, now)) {
                return Optional.of(member);
            }
        }
        return Optional.empty();
    }

    void ban(UUID person) {
        banned.add(person);
        leave(person);
    }

    List<UUID> banned() {
        return banned;
    }
}
