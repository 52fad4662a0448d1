package app.veza.projectionengine;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * Some keys of a read model, with all events that their rows come from.
 *
 * @param types that the projection handles
 * @param keys values of the tag
 */
public record Slice(Slicing by, Set<String> types, Set<String> keys) {
    public Slice {
        types = Set.copyOf(types);
        keys = Set.copyOf(keys);
    }

    public boolean has(LoggedEvent event) {
        return types.contains(event.type())
                && (by.everywhere().contains(event.type())
                        || event.tags().stream()
                                .map(tag -> key(tag, by))
                                .flatMap(Optional::stream)
                                .anyMatch(keys::contains));
    }

    /** Whose a tag is; empty for one of another kind. */
    static Optional<String> key(String tag, Slicing by) {
        return tag.startsWith(by.tag() + ":")
                ? Optional.of(tag.substring(by.tag().length() + 1))
                : Optional.empty();
    }

    /** Whether a key of Redis, without the edition's stem, is of this slice. */
    boolean hasRedisKey(String local) {
        return Arrays.stream(local.split(":", -1)).anyMatch(keys::contains);
    }
}
