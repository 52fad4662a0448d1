package app.veza.projection.rows;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jooq.DSLContext;
import org.jooq.Query;
import org.jooq.QueryPart;
import org.jooq.Table;

/**
 * Statements of a batch whose outcome nobody asks for, run in the order in which they are given. They wait for {@link #send}: the driver
 * sends all of them before it waits for the first answer, so however many they are, it is one round trip. What is asked of the database
 * meanwhile sees nothing of those that wait.
 */
public final class Statements {

    private final DSLContext tx;
    private final List<Query> waiting = new ArrayList<>();

    public Statements(DSLContext tx) {
        this.tx = tx;
    }

    /** @param statement returns no rows */
    public void add(Query statement) {
        waiting.add(statement);
    }

    /** Inserts all rows; nothing is sent when there are none. Many go by {@code COPY} at once, behind what waits. */
    public void insert(Rows<?> rows, Table<?> table) {
        if (rows.isEmpty()) {
            return;
        }
        rows.copyInto(tx, table)
                .ifPresentOrElse(
                        copy -> {
                            send();
                            copy.run();
                        },
                        () -> add(rows.insertion(tx, table)));
    }

    /** Runs what waits, if anything does. */
    public void send() {
        if (waiting.isEmpty()) {
            return;
        }
        // the driver takes a text apart at its semicolons; one that is alone keeps its text and so its plan
        String all =
                IntStream.range(0, waiting.size()).mapToObj(i -> "{" + i + "}").collect(Collectors.joining("; "));
        tx.query(all, waiting.toArray(QueryPart[]::new)).execute();
        waiting.clear();
    }
}
