package app.veza.server.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Remembers what people may do, so that the log's index is asked once for each and not on every request; as {@link OpenSessions}
 * does for sessions. A role that was taken is no longer good with the answer to who took it, and on other nodes when the log has
 * told it.
 */
final class CurrentRoles implements Function<UUID, List<String>> {

    private static final int REMEMBERED = 100_000;
    private static final Duration FOR = Duration.ofMinutes(10);

    private final Function<UUID, List<String>> index;
    private final BooleanSupplier upToDate;
    private final Cache<UUID, List<String>> known =
            Caffeine.newBuilder().maximumSize(REMEMBERED).expireAfterWrite(FOR).build();

    /**
     * @param index what a person may do, as everything that this node acknowledged has it
     * @param upToDate whether every change that this node acknowledged has been told
     */
    CurrentRoles(Function<UUID, List<String>> index, BooleanSupplier upToDate) {
        this.index = index;
        this.upToDate = upToDate;
    }

    @Override
    public List<String> apply(UUID person) {
        return upToDate.getAsBoolean() ? known.get(person, index) : index.apply(person);
    }

    void changed(UUID person) {
        known.invalidate(person);
    }
}
