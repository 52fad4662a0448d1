package app.veza.server.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Remembers what people may do, so that the log's index is asked once for each and not on every request; as {@link OpenSessions}
 * does for sessions. A role that was taken is no longer good with the answer to who took it, and on other nodes when the log has
 * told it.
 */
final class CurrentRoles implements Function<UUID, List<String>> {

    private static final int REMEMBERED = 100_000;
    private static final Duration FOR = Duration.ofMinutes(10);

    private final Function<UUID, List<String>> index;
    private final Supplier<Optional<String>> upToDate;
    private final Cache<UUID, Known> known =
            Caffeine.newBuilder().maximumSize(REMEMBERED).expireAfterWrite(FOR).build();

    /** @param log whose events say so: a restored one may say otherwise */
    private record Known(String log, List<String> roles) {}

    /**
     * @param index what a person may do, as everything that this node acknowledged has it
     * @param upToDate the log in use, if every change in it that this node acknowledged has been told
     */
    CurrentRoles(Function<UUID, List<String>> index, Supplier<Optional<String>> upToDate) {
        this.index = index;
        this.upToDate = upToDate;
    }

    @Override
    public List<String> apply(UUID person) {
        Optional<String> log = upToDate.get();
        return log.isEmpty() ? index.apply(person) : rolesIn(log.get(), person);
    }

    private List<String> rolesIn(String log, UUID person) {
        Known found = known.getIfPresent(person);
        if (found == null || !found.log.equals(log)) {
            found = known.asMap()
                    .compute(
                            person,
                            (id, now) -> now != null && now.log.equals(log) ? now : new Known(log, index.apply(id)));
        }
        return found.roles;
    }

    void changed(UUID person) {
        known.invalidate(person);
    }
}
