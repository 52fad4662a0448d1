package app.veza.projection.rows;

import static org.jooq.impl.DSL.select;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Rows as parallel arrays, one for each column: however many rows, it is one statement, one plan and one round trip.
 *
 * @param <E> what a row is made from
 */
public final class Rows<E> {

    private static final String ALIAS = "batch";

    private final List<E> elements;
    private final List<Field<?>> columns = new ArrayList<>();
    private final List<Param<?>> arrays = new ArrayList<>();

    private Rows(List<E> elements) {
        this.elements = elements;
    }

    public static <E> Rows<E> of(Collection<E> elements) {
        return new Rows<>(List.copyOf(elements));
    }

    /** Adds a column that holds {@code value} of each element. */
    public <T> Rows<E> with(Field<T> column, Function<? super E, ? extends @Nullable T> value) {
        @SuppressWarnings("unchecked") // an array of the column's own type
        T[] array = (T[]) Array.newInstance(column.getType(), elements.size());
        for (int i = 0; i < array.length; i++) {
            array[i] = storable(column.getType(), value.apply(elements.get(i)));
        }
        columns.add(column);
        arrays.add(DSL.val(array, column.getDataType().array()));
        return this;
    }

    public boolean isEmpty() {
        return elements.isEmpty();
    }

    /** Inserts all rows; nothing happens, and nothing is sent, when there are none. */
    public void insertInto(DSLContext tx, Table<?> table) {
        if (isEmpty()) {
            return;
        }
        Table<Record> rows = asTable();
        tx.insertInto(table)
                .columns(columns)
                .select(select(columns.stream().map(rows::field).toList()).from(rows))
                .execute();
    }

    /** The rows as a table expression whose fields have the columns' names. */
    public Table<Record> asTable() {
        String call = IntStream.range(0, arrays.size())
                .mapToObj(i -> "{" + i + "}")
                .collect(Collectors.joining(", ", "unnest(", ")"));
        // a subquery gives the columns the types that jOOQ knows, so that table.field(COLUMN) is typed
        Table<?> unnest = DSL.table(call, arrays.toArray(Param<?>[]::new))
                .as("arrays", columns.stream().map(Field::getName).toArray(String[]::new));
        return DSL.select(columns.stream()
                        .map(column -> DSL.field(DSL.name("arrays", column.getName()), column.getDataType()))
                        .toList())
                .from(unnest)
                .asTable(ALIAS);
    }

    /** PostgreSQL's text cannot hold U+0000, the one character that would stop a projection for good. */
    private static <T> @Nullable T storable(Class<T> type, @Nullable T value) {
        return value instanceof String text && text.indexOf('\0') >= 0
                ? type.cast(text.replace('\0', '\uFFFD'))
                : value;
    }
}
