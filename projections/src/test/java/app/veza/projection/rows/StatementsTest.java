package app.veza.projection.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.veza.embedded.EmbeddedPlatform;
import app.veza.embedded.FreshDatabase;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jooq.DSLContext;
import org.jooq.ExecuteListener;
import org.jooq.Field;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StatementsTest {

    private static final Table<?> NOTES = DSL.table(DSL.name("notes"));
    private static final Field<Integer> NUMBER = DSL.field(DSL.name("number"), SQLDataType.INTEGER);
    private static final Field<String> TEXT = DSL.field(DSL.name("text"), SQLDataType.CLOB);

    private final FreshDatabase database = EmbeddedPlatform.shared().freshDatabase();
    private final AtomicInteger sent = new AtomicInteger();
    private Connection connection;
    private DSLContext dsl;

    @BeforeEach
    void connect() throws Exception {
        connection = database.connect("primary");
        dsl = DSL.using(connection, SQLDialect.POSTGRES);
        dsl.execute("create table notes (number int primary key, text text)");
        dsl.configuration().set(ExecuteListener.onExecuteStart(query -> sent.incrementAndGet()));
    }

    @AfterEach
    void drop() throws Exception {
        connection.close();
        database.close();
    }

    @Test
    void allThatWaitGoTogetherAndInOrder() {
        Statements statements = new Statements(dsl);
        statements.insert(notes(1, 3), NOTES);
        statements.add(dsl.update(NOTES).set(TEXT, "semi; \"colon\" ' {0} ?").where(NUMBER.eq(2)));
        statements.add(dsl.deleteFrom(NOTES).where(NUMBER.eq(1)));
        statements.insert(notes(1, 1), NOTES);
        assertThat(sent).hasValue(0);

        statements.send();

        assertThat(sent).hasValue(1);
        assertThat(stored()).containsExactly("1 note 1", "2 semi; \"colon\" ' {0} ?", "3 note 3");
    }

    @Test
    void whatWentDoesNotGoAgain() {
        Statements statements = new Statements(dsl);
        statements.insert(notes(1, 2), NOTES);
        statements.send();
        statements.send();
        statements.insert(notes(3, 2), NOTES);
        statements.send();

        assertThat(sent).hasValue(1);
        assertThat(stored()).hasSize(2);
    }

    @Test
    void manyRowsComeBehindWhatWaits() {
        dsl.execute("insert into notes values (1, 'former')");
        Statements statements = new Statements(dsl);
        statements.add(dsl.deleteFrom(NOTES).where(NUMBER.eq(1)));
        statements.insert(notes(1, 2 * Rows.COPIED_FROM), NOTES);
        statements.send();

        assertThat(stored()).hasSize(2 * Rows.COPIED_FROM).contains("1 note 1");
    }

    @Test
    void oneThatFailsUndoesThemAllAndTheConnectionStaysGood() {
        assertThatThrownBy(() -> dsl.transaction(transaction -> {
                    Statements statements = new Statements(transaction.dsl());
                    statements.insert(notes(1, 3), NOTES);
                    statements.insert(notes(3, 4), NOTES);
                    statements.add(transaction.dsl().deleteFrom(NOTES));
                    statements.send();
                }))
                .isInstanceOfSatisfying(
                        DataAccessException.class,
                        failure -> assertThat(failure.sqlState()).isEqualTo("23505"));
        assertThat(stored()).isEmpty();
    }

    /** @param last below {@code first}: none */
    private static Rows<Integer> notes(int first, int last) {
        return Rows.of(IntStream.rangeClosed(first, last).boxed().toList())
                .with(NUMBER, number -> number)
                .with(TEXT, number -> "note " + number);
    }

    private List<String> stored() {
        return dsl.fetch("select number || ' ' || text from notes order by number")
                .getValues(0, String.class);
    }
}
