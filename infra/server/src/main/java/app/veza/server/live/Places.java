package app.veza.server.live;

import app.veza.command.Overloaded;
import app.veza.command.Rejection;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;

/** Who has how many of the streams that this node can take. A place is kept while anything of its stream is here. */
final class Places {

    private static final Duration LATER = Duration.ofSeconds(30);

    private final int most;
    private final int mostOfOne;
    private final Predicate<UUID> isHere;
    private final Map<UUID, UUID> taken = new HashMap<>();

    /**
     * @param mostOfOne person
     * @param isHere whether a stream, by its id, is on air here or was a moment ago
     */
    Places(int most, int mostOfOne, Predicate<UUID> isHere) {
        this.most = most;
        this.mostOfOne = mostOfOne;
        this.isHere = isHere;
    }

    /** @throws Rejection when there is none for them */
    synchronized void require(UUID streamId, UUID person) {
        taken.keySet().removeIf(isHere.negate());
        if (taken.containsKey(streamId)) {
            return;
        }
        if (taken.values().stream().filter(person::equals).count() >= mostOfOne) {
            throw new Rejection(
                    Rejection.Kind.CONFLICT,
                    "too-many-streams",
                    "Too many streams at once",
                    "You send %d streams already, or did seconds ago, as many as one may at a time: stop one of them, or connect again in some seconds."
                            .formatted(mostOfOne));
        }
        if (taken.size() >= most) {
            throw new Overloaded("This node has as many live streams as it can: connect again, to another one.", LATER);
        }
    }

    /** @throws Rejection when there is none for them */
    synchronized void take(UUID streamId, UUID person) {
        require(streamId, person);
        taken.put(streamId, person);
    }
}
