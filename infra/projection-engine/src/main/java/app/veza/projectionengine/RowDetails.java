package app.veza.projectionengine;

import app.veza.projectionengine.SqlRelations.Relation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Fetches the rows that were found to differ and says in which columns. */
final class RowDetails {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final DSLContext served;
    private final DSLContext rebuilt;

    RowDetails(DSLContext served, DSLContext rebuilt) {
        this.served = served;
        this.rebuilt = rebuilt;
    }

    List<Verdict.Row> of(Relation ofServed, Relation ofRebuilt, List<RowMerge.Found> found) {
        String[] keys = found.stream().map(RowMerge.Found::key).distinct().toArray(String[]::new);
        Map<String, JsonNode> before = rows(served, ofServed, keys);
        Map<String, JsonNode> after = rows(rebuilt, ofRebuilt, keys);
        List<Verdict.Row> rows = new ArrayList<>();
        for (RowMerge.Found one : found) {
            JsonNode was = one.kind() == Verdict.Kind.MISSING ? null : before.get(one.key());
            JsonNode is = one.kind() == Verdict.Kind.EXTRA ? null : after.get(one.key());
            rows.add(new Verdict.Row(
                    ofRebuilt.name(),
                    one.kind(),
                    key(ofRebuilt, Objects.requireNonNull(is == null ? was : is, one.key())),
                    columns(ofRebuilt, was, is)));
        }
        return rows;
    }

    private static Map<String, JsonNode> rows(DSLContext side, Relation relation, String[] keys) {
        Map<String, JsonNode> rows = new HashMap<>();
        side.resultQuery(
                        "select %1$s, to_jsonb(t)::text from %2$s t where %1$s = any(?)"
                                .formatted(SqlComparison.key(relation), relation.qualified()),
                        (Object) keys)
                .fetch()
                .forEach(row -> rows.put(row.get(0, String.class), JSON.readTree(row.get(1, String.class))));
        return rows;
    }

    private static Map<String, JsonNode> key(Relation relation, JsonNode row) {
        Map<String, JsonNode> key = new LinkedHashMap<>();
        (relation.key().isEmpty() ? relation.columns() : relation.key())
                .forEach(column -> key.put(column, Told.of(row.path(column))));
        return key;
    }

    private static List<Verdict.Column> columns(Relation relation, @Nullable JsonNode was, @Nullable JsonNode is) {
        return relation.columns().stream()
                .filter(name -> was == null || is == null || !was.path(name).equals(is.path(name)))
                .map(name ->
                        Verdict.Column.of(name, was == null ? null : was.path(name), is == null ? null : is.path(name)))
                .toList();
    }
}
