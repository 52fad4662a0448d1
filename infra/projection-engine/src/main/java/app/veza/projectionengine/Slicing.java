package app.veza.projectionengine;

import java.util.Set;

/**
 * How a read model is cut into parts that stand for themselves: rows of one key come from the events with that key's tag alone.
 *
 * @param tag key of the tag, such as {@code room}
 * @param column of the tables that says whose a row is; tables without it are sums over many keys, and are in no slice. In Redis
 *     the names of keys say it, between colons
 * @param everywhere types of events that change rows of any key, without its tag
 */
public record Slicing(String tag, String column, Set<String> everywhere) {
    public Slicing {
        everywhere = Set.copyOf(everywhere);
    }

    public static Slicing by(String tag, String column) {
        return new Slicing(tag, column, Set.of());
    }

    public Slicing withEverywhere(Set<String> types) {
        return new Slicing(tag, column, types);
    }
}
