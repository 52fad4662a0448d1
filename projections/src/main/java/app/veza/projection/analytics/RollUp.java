package app.veza.projection.analytics;

import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.select;

import app.veza.projection.rows.Rows;
import app.veza.projection.rows.Statements;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;

/**
 * Sums by key that a batch adds to those of a table, in the transaction that moves the position: each event is in them exactly
 * once, wherever a batch ends. All measures are additive, so what is undone later is added as a negative amount.
 *
 * @param <K> what a row stands for
 */
public final class RollUp<K> {

    private record Key<K, T>(Field<T> column, Function<? super K, ? extends T> value) {
        void addTo(Rows<Map.Entry<K, long[]>> rows) {
            rows.with(column, entry -> value.apply(entry.getKey()));
        }
    }

    private final Table<?> table;
    private final List<Key<K, ?>> keys = new ArrayList<>();
    private final List<Field<Long>> measures;
    private final Map<K, long[]> sums = new LinkedHashMap<>();

    private RollUp(Table<?> table, List<Field<Long>> measures) {
        this.table = table;
        this.measures = measures;
    }

    public static <K> RollUp<K> into(Table<?> table, List<Field<Long>> measures) {
        return new RollUp<>(table, List.copyOf(measures));
    }

    /** Adds a column of the table's primary key. */
    public <T> RollUp<K> by(Field<T> column, Function<? super K, ? extends T> value) {
        keys.add(new Key<>(column, value));
        return this;
    }

    /** Begin of the hour in UTC, by which roll-ups are kept. */
    public static Instant hour(Instant at) {
        return at.truncatedTo(ChronoUnit.HOURS);
    }

    public void add(K key, Field<Long> measure, long amount) {
        sums.computeIfAbsent(key, any -> new long[measures.size()])[index(measure)] += amount;
    }

    private int index(Field<Long> measure) {
        for (int i = 0; i < measures.size(); i++) {
            if (measures.get(i) == measure) {
                return i;
            }
        }
        throw new IllegalArgumentException(measure + " is no measure of " + table);
    }

    /** Adds everything to the table's rows, making those that are missing. */
    public void write(DSLContext tx) {
        Statements statements = new Statements(tx);
        write(tx, statements);
        statements.send();
    }

    /** The same, with what else waits. */
    public void write(DSLContext tx, Statements statements) {
        if (sums.isEmpty()) {
            return;
        }
        Rows<Map.Entry<K, long[]>> rows = Rows.of(sums.entrySet());
        keys.forEach(key -> key.addTo(rows));
        for (int i = 0; i < measures.size(); i++) {
            int measure = i;
            rows.with(measures.get(i), entry -> entry.getValue()[measure]);
        }
        Table<Record> batch = rows.asTable();
        List<Field<?>> columns = new ArrayList<>();
        keys.forEach(key -> columns.add(key.column()));
        columns.addAll(measures);
        Map<Field<Long>, Field<Long>> sum = new LinkedHashMap<>();
        measures.forEach(measure -> sum.put(measure, measure.plus(excluded(measure))));
        statements.add(tx.insertInto(table)
                .columns(columns)
                .select(select(columns.stream().map(batch::field).toList()).from(batch))
                .onConflict(keys.stream().map(Key::column).toList())
                .doUpdate()
                .set(sum));
    }
}
