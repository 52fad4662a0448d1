package app.veza.projection.rows;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Inserts by {@code COPY ... FROM STDIN}, in binary: no statement is planned, no array is parsed, and PostgreSQL fills heap and
 * indexes page by page. It inserts the same rows as {@code INSERT} does, in the same transaction.
 */
final class Copy {

    private static final byte[] SIGNATURE = "PGCOPY\n\377\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final int END = -1;

    private final String statement;
    private final List<CopyValue> values;

    private Copy(String statement, List<CopyValue> values) {
        this.statement = statement;
        this.values = values;
    }

    /** Empty when a column is of a type that only jOOQ can write, or {@code tx} is not on PostgreSQL's own driver. */
    static Optional<Copy> into(DSLContext tx, Table<?> table, List<Field<?>> columns) {
        List<CopyValue> values = new ArrayList<>(columns.size());
        for (Field<?> column : columns) {
            Optional<CopyValue> value = CopyValue.of(column.getDataType(), tx.configuration());
            if (value.isEmpty()) {
                return Optional.empty();
            }
            values.add(value.get());
        }
        String names = columns.stream()
                .map(column -> tx.render(column.getUnqualifiedName()))
                .collect(Collectors.joining(", "));
        return Optional.of(
                new Copy("copy %s (%s) from stdin (format binary)".formatted(tx.render(table), names), values));
    }

    /** @param rows of each column all values */
    void insert(DSLContext tx, int rows, List<@Nullable Object[]> columns) {
        tx.connection(connection -> insert(connection, rows, columns));
    }

    private void insert(Connection connection, int rows, List<@Nullable Object[]> columns) throws SQLException {
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(statement);
        try {
            CopyBuffer.Sink sink = (bytes, length) -> copy.writeToCopy(bytes, 0, length);
            CopyBuffer out = new CopyBuffer();
            out.put(SIGNATURE).putInt(0).putInt(0);
            for (int row = 0; row < rows; row++) {
                out.putShort(values.size());
                for (int column = 0; column < values.size(); column++) {
                    values.get(column).writeNullable(out, columns.get(column)[row]);
                }
                out.flushIfFull(sink);
            }
            out.putShort(END).flush(sink);
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }
}
