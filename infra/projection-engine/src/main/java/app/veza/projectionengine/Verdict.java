package app.veza.projectionengine;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/**
 * What a comparison of the served read model with one that was filled aside found. Both were at the same position.
 *
 * @param relations tables, views, or kinds of Redis keys
 * @param rows the first rows that differ
 */
public record Verdict(long position, List<Relation> relations, List<Row> rows) {

    /**
     * @param rows of the one that was filled aside
     * @param missing rows that only the one filled aside has
     * @param extra rows that only the served one has
     * @param changed rows that both have under the same key, with other values
     * @param added columns that only the one filled aside has; the whole relation when {@code onlyIn} is {@code rebuilt}
     * @param removed columns that only the served one has
     * @param onlyIn {@code served} or {@code rebuilt} for a relation that the other does not have
     */
    public record Relation(
            String name,
            long rows,
            long missing,
            long extra,
            long changed,
            List<String> added,
            List<String> removed,
            @Nullable String onlyIn) {
        public long differences() {
            return missing + extra + changed;
        }
    }

    public enum Kind {
        MISSING,
        EXTRA,
        CHANGED
    }

    /**
     * @param key values of the key's columns; of all columns where there is no key
     * @param columns those that differ; all of a row that is missing or extra
     */
    public record Row(String relation, Kind kind, Map<String, JsonNode> key, List<Column> columns) {}

    /** @param served JSON's null also when there is no such row, likewise {@code rebuilt}; of a text its length and a hash */
    public record Column(String name, JsonNode served, JsonNode rebuilt) {
        static Column of(String name, @Nullable JsonNode served, @Nullable JsonNode rebuilt) {
            return new Column(name, orNull(served), orNull(rebuilt));
        }

        private static JsonNode orNull(@Nullable JsonNode value) {
            return value == null ? NullNode.getInstance() : Told.of(value);
        }
    }

    /** Rows that differ, listed or not. */
    public long differences() {
        return relations.stream().mapToLong(Relation::differences).sum();
    }

    /** Neither a row nor a column is different. */
    public boolean same() {
        return differences() == 0
                && relations.stream()
                        .allMatch(one -> one.onlyIn() == null
                                && one.added().isEmpty()
                                && one.removed().isEmpty());
    }
}
