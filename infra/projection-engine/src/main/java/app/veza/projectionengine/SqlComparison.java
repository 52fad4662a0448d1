package app.veza.projectionengine;

import app.veza.projectionengine.SqlRelations.Relation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Compares the relations of two schemas, each read in a transaction of its own, by hashes: rows fall into buckets by their
 * key, and only where a bucket's sum of row hashes differs are its rows looked at.
 */
final class SqlComparison {
    /** So few differing buckets mean a scan of so much of the table; so many sums are one small answer. */
    private static final int BUCKETS = 4096;

    private final DSLContext served;
    private final DSLContext rebuilt;
    private final int listed;
    private final @Nullable Slice slice;

    /**
     * @param listed most rows that are shown, over all relations
     * @param slice whose rows of tables are compared; null: all
     */
    SqlComparison(DSLContext served, DSLContext rebuilt, int listed, @Nullable Slice slice) {
        this.served = served;
        this.rebuilt = rebuilt;
        this.listed = listed;
        this.slice = slice;
    }

    private record Sum(long rows, String hash) {}

    /** The same relation on both sides, with the columns that both have. */
    private record Pair(Relation served, Relation rebuilt, List<String> added, List<String> removed) {
        static Pair of(Relation served, Relation rebuilt) {
            List<String> common = new ArrayList<>(rebuilt.columns());
            common.retainAll(served.columns());
            List<String> key = common.containsAll(rebuilt.key()) ? rebuilt.key() : List.of();
            return new Pair(
                    served.with(common, key),
                    rebuilt.with(common, key),
                    without(rebuilt.columns(), served.columns()),
                    without(served.columns(), rebuilt.columns()));
        }

        private static List<String> without(List<String> of, List<String> others) {
            List<String> left = new ArrayList<>(of);
            left.removeAll(others);
            return left;
        }
    }

    Verdict tables(long position, Edition ofServed, Edition ofRebuilt) {
        return compare(position, ofSlice(served, ofServed), ofSlice(rebuilt, ofRebuilt));
    }

    private List<Relation> ofSlice(DSLContext side, Edition edition) {
        return SqlRelations.tables(side, edition.schema()).stream()
                .filter(table ->
                        slice == null || table.columns().contains(slice.by().column()))
                .toList();
    }

    /** What readers see; rows are told apart by the key of a table that stands below, where there is one. */
    Verdict views(long position, Edition ofServed, Edition ofRebuilt) {
        List<Relation> made = SqlRelations.views(rebuilt, ofRebuilt.name());
        List<Relation> before = SqlRelations.viewsUpon(
                served, ofServed.schema(), made.stream().map(Relation::name).collect(Collectors.toSet()));
        List<Relation> tables = SqlRelations.tables(rebuilt, ofRebuilt.schema());
        List<Relation> after = made.stream()
                .map(view -> view.with(view.columns(), keyOf(view, before, tables)))
                .toList();
        return compare(position, before, after);
    }

    private List<String> keyOf(Relation view, List<Relation> before, List<Relation> tables) {
        return before.stream()
                .filter(one -> one.name().equals(view.name()))
                .findFirst()
                .map(one -> tables.stream()
                        .map(Relation::key)
                        .filter(key -> !key.isEmpty() && isKey(served, one, key) && isKey(rebuilt, view, key))
                        .findFirst()
                        .orElse(List.<String>of()))
                .orElse(List.of());
    }

    private static boolean isKey(DSLContext side, Relation view, List<String> key) {
        String columns = key.stream().map(SqlRelations::quoted).collect(Collectors.joining(", "));
        return view.columns().containsAll(key)
                && side.fetchValue("select 1 from %s group by %s having count(*) > 1 limit 1"
                                .formatted(view.qualified(), columns))
                        == null;
    }

    private Verdict compare(long position, List<Relation> ofServed, List<Relation> ofRebuilt) {
        Map<String, Relation> before = byName(ofServed);
        Map<String, Relation> after = byName(ofRebuilt);
        List<Verdict.Relation> relations = new ArrayList<>();
        List<Verdict.Row> rows = new ArrayList<>();
        for (String name : Stream.concat(after.keySet().stream(), before.keySet().stream())
                .distinct()
                .toList()) {
            Relation one = before.get(name);
            Relation other = after.get(name);
            relations.add(
                    one == null || other == null
                            ? new Verdict.Relation(
                                    name, 0, 0, 0, 0, List.of(), List.of(), one == null ? "rebuilt" : "served")
                            : compare(Pair.of(one, other), rows));
        }
        return new Verdict(position, relations, rows);
    }

    private static Map<String, Relation> byName(List<Relation> relations) {
        return relations.stream()
                .collect(Collectors.toMap(Relation::name, one -> one, (a, b) -> a, LinkedHashMap::new));
    }

    private Verdict.Relation compare(Pair pair, List<Verdict.Row> rows) {
        Map<Integer, Sum> before = sums(served, pair.served());
        Map<Integer, Sum> after = sums(rebuilt, pair.rebuilt());
        Integer[] different = Stream.concat(before.keySet().stream(), after.keySet().stream())
                .distinct()
                .filter(bucket ->
                        !Optional.ofNullable(before.get(bucket)).equals(Optional.ofNullable(after.get(bucket))))
                .toArray(Integer[]::new);
        RowMerge merge = new RowMerge(Math.max(0, listed - rows.size()));
        if (different.length > 0) {
            try (Stream<RowMerge.Hashed> ones = hashes(served, pair.served(), different);
                    Stream<RowMerge.Hashed> others = hashes(rebuilt, pair.rebuilt(), different)) {
                merge.merge(ones.iterator(), others.iterator());
            }
            rows.addAll(new RowDetails(served, rebuilt).of(pair.served(), pair.rebuilt(), merge.found()));
        }
        return new Verdict.Relation(
                pair.rebuilt().name(),
                after.values().stream().mapToLong(Sum::rows).sum(),
                merge.missing(),
                merge.extra(),
                merge.changed(),
                pair.added(),
                pair.removed(),
                null);
    }

    private Map<Integer, Sum> sums(DSLContext side, Relation relation) {
        Map<Integer, Sum> sums = new LinkedHashMap<>();
        side.resultQuery("select %s as bucket, count(*), sum(%s)::text from %s t where %s group by 1"
                        .formatted(bucket(relation), hash(relation), relation.qualified(), ofSlice()))
                .fetch()
                .forEach(row ->
                        sums.put(row.get(0, Integer.class), new Sum(row.get(1, Long.class), row.get(2, String.class))));
        return sums;
    }

    private Stream<RowMerge.Hashed> hashes(DSLContext side, Relation relation, Integer[] buckets) {
        return side.resultQuery(
                        "select %1$s as k, %2$s from %3$s t where %4$s = any(?) and %5$s order by %1$s collate \"C\", 2"
                                .formatted(
                                        key(relation),
                                        hash(relation),
                                        relation.qualified(),
                                        bucket(relation),
                                        ofSlice()),
                        (Object) buckets)
                .fetchSize(1_000)
                .fetchStream()
                .map(row -> new RowMerge.Hashed(row.get(0, String.class), row.get(1, Long.class)));
    }

    /** Literals, so that the column's type is theirs and its index is used. */
    private String ofSlice() {
        return slice == null
                ? "true"
                : slice.keys().stream()
                        .map(key -> DSL.inline(key).toString())
                        .collect(Collectors.joining(
                                ", ", "t." + SqlRelations.quoted(slice.by().column()) + " in (", ")"));
    }

    private static String bucket(Relation relation) {
        return "(hashtextextended(%s, 0) & %d)::int".formatted(key(relation), BUCKETS - 1);
    }

    private static String hash(Relation relation) {
        return "hashtextextended(%s, 1)".formatted(text(relation.columns()));
    }

    /** Without a key a row is its own. */
    static String key(Relation relation) {
        return text(relation.key().isEmpty() ? relation.columns() : relation.key());
    }

    private static String text(List<String> columns) {
        return columns.stream()
                .map(column -> "t." + SqlRelations.quoted(column))
                .collect(Collectors.joining(", ", "row(", ")::text"));
    }
}
