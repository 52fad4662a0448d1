package app.veza.projection.rows;

import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;

import java.lang.reflect.Array;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.Query;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Rows as parallel arrays, one for each column: however many rows, it is one statement, one plan and one round trip. Many that are only
 * to be inserted go by {@code COPY}.
 *
 * @param <E> what a row is made from
 */
public final class Rows<E> {

    private static final String ALIAS = "batch";

    /** From here on a COPY, which takes a round trip more, is cheaper than arrays. */
    static final int COPIED_FROM = 50;

    private final List<E> elements;
    private final List<Field<?>> columns = new ArrayList<>();
    private final List<@Nullable Object[]> values = new ArrayList<>();

    private Rows(List<E> elements) {
        this.elements = elements;
    }

    public static <E> Rows<E> of(Collection<E> elements) {
        return new Rows<>(List.copyOf(elements));
    }

    /** Adds a column that holds {@code value} of each element. */
    public <T> Rows<E> with(Field<T> column, Function<? super E, ? extends @Nullable T> value) {
        Object[] array = (Object[]) Array.newInstance(column.getType(), elements.size());
        UnaryOperator<@Nullable Object> storable = storable(column.getType());
        for (int i = 0; i < array.length; i++) {
            array[i] = storable.apply(value.apply(elements.get(i)));
        }
        columns.add(column);
        values.add(array);
        return this;
    }

    public boolean isEmpty() {
        return elements.isEmpty();
    }

    /** Inserts all rows; nothing happens, and nothing is sent, when there are none. */
    public void insertInto(DSLContext tx, Table<?> table) {
        if (!isEmpty()) {
            copyInto(tx, table)
                    .ifPresentOrElse(Runnable::run, () -> insertion(tx, table).execute());
        }
    }

    /** What inserts all rows by {@code COPY}; empty where they are few, or cannot go so. */
    Optional<Runnable> copyInto(DSLContext tx, Table<?> table) {
        return columns.stream().anyMatch(Rows::isOnlyCopied) || elements.size() >= COPIED_FROM
                ? Copy.into(tx, table, columns).map(copy -> () -> copy.insert(tx, elements.size(), values))
                : Optional.empty();
    }

    Query insertion(DSLContext tx, Table<?> table) {
        Table<Record> rows = asTable();
        return tx.insertInto(table)
                .columns(columns)
                .select(select(columns.stream().map(rows::field).toList()).from(rows));
    }

    /** Arrays of arrays would be taken apart by unnest, and where jOOQ knows no Java type it can make no array. */
    private static boolean isOnlyCopied(Field<?> column) {
        return column.getType().isArray() || column.getType() == Object.class;
    }

    /** Whether a row of the columns' own table has the same values in them as one of these rows: of what the batch touches. */
    public Condition matches() {
        Table<Record> rows = asTable();
        return row(columns)
                .in(select(columns.stream().map(rows::field).toList()).from(rows));
    }

    /** The rows as a table expression whose fields have the columns' names. */
    public Table<Record> asTable() {
        String call = IntStream.range(0, columns.size())
                .mapToObj(i -> "{" + i + "}")
                .collect(Collectors.joining(", ", "unnest(", ")"));
        Param<?>[] arrays = IntStream.range(0, columns.size())
                .mapToObj(i -> array(columns.get(i), values.get(i)))
                .toArray(Param<?>[]::new);
        // a subquery gives the columns the types that jOOQ knows, so that table.field(COLUMN) is typed
        Table<?> unnest = DSL.table(call, arrays)
                .as("arrays", columns.stream().map(Field::getName).toArray(String[]::new));
        return DSL.select(columns.stream()
                        .map(column -> DSL.field(DSL.name("arrays", column.getName()), column.getDataType()))
                        .toList())
                .from(unnest)
                .asTable(ALIAS);
    }

    private static <T> Param<T[]> array(Field<T> column, @Nullable Object[] values) {
        @SuppressWarnings("unchecked") // made as an array of the column's own type
        T[] typed = (T[]) values;
        return DSL.val(typed, column.getDataType().array());
    }

    /**
     * PostgreSQL's text cannot hold U+0000, the one character that would stop a projection for good; and its times have
     * microseconds, to which every way into the database would round in its own manner.
     */
    private static UnaryOperator<@Nullable Object> storable(Class<?> type) {
        if (type == String.class) {
            return value -> value == null ? null : withoutNul((String) value);
        }
        if (type == String[].class) {
            return value -> value == null
                    ? null
                    : Stream.of((String[]) value).map(Rows::withoutNul).toArray(String[]::new);
        }
        if (type == Instant.class) {
            return value -> value == null ? null : ((Instant) value).truncatedTo(ChronoUnit.MICROS);
        }
        return UnaryOperator.identity();
    }

    private static String withoutNul(String text) {
        return text.indexOf('\0') < 0 ? text : text.replace('\0', '\uFFFD');
    }
}
