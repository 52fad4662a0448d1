package app.veza.projection.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.veza.embedded.EmbeddedPlatform;
import app.veza.embedded.FreshDatabase;
import java.sql.Connection;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultDataType;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However many rows there are, and whichever way they go, the table holds the same. */
class RowsTest {

    private static final Table<?> EVERYTHING = DSL.table(DSL.name("everything"));
    private static final Field<Integer> NUMBER = DSL.field(DSL.name("number"), SQLDataType.INTEGER);
    private static final Field<UUID> ID = DSL.field(DSL.name("id"), SQLDataType.UUID);
    private static final Field<Long> BIG = DSL.field(DSL.name("big"), SQLDataType.BIGINT);
    private static final Field<Short> SMALL = DSL.field(DSL.name("small"), SQLDataType.SMALLINT);
    private static final Field<Boolean> FLAG = DSL.field(DSL.name("flag"), SQLDataType.BOOLEAN);
    private static final Field<Double> REAL = DSL.field(DSL.name("real"), SQLDataType.DOUBLE);
    private static final Field<String> TEXT = DSL.field(DSL.name("text"), SQLDataType.CLOB);
    private static final Field<Instant> AT = DSL.field(DSL.name("at"), SQLDataType.INSTANT);
    private static final Field<LocalDate> DAY = DSL.field(DSL.name("day"), SQLDataType.LOCALDATE);
    private static final Field<JSONB> JSON = DSL.field(DSL.name("json"), SQLDataType.JSONB);
    private static final Field<UUID[]> IDS = DSL.field(DSL.name("ids"), SQLDataType.UUID.array());
    private static final Field<String[]> WORDS = DSL.field(DSL.name("words"), SQLDataType.CLOB.array());

    private record Everything(
            int number,
            @Nullable UUID id,
            @Nullable Instant at,
            @Nullable String text) {}

    private final FreshDatabase database = EmbeddedPlatform.shared().freshDatabase();
    private Connection connection;
    private DSLContext dsl;

    @BeforeEach
    void connect() throws Exception {
        connection = database.connect("primary");
        dsl = DSL.using(connection, SQLDialect.POSTGRES);
        dsl.execute("""
                create table everything (number int primary key, id uuid, big bigint, small smallint, flag boolean,
                    "real" double precision, text text, at timestamptz, day date, json jsonb, ids uuid[], words text[])
                """);
    }

    @AfterEach
    void drop() throws Exception {
        connection.close();
        database.close();
    }

    @Test
    void manyRowsAreTheSameAsFew() {
        List<Everything> many = some(4 * Rows.COPIED_FROM);
        insert(many);
        List<String> copied = stored();
        dsl.execute("truncate everything");
        for (int from = 0; from < many.size(); from += Rows.COPIED_FROM - 1) {
            insert(many.subList(from, Math.min(many.size(), from + Rows.COPIED_FROM - 1)));
        }
        assertThat(copied).hasSameSizeAs(many).isEqualTo(stored());
    }

    @Test
    void textsLargerThanEveryBuffer() {
        List<Everything> large = IntStream.range(0, Rows.COPIED_FROM)
                .mapToObj(i -> new Everything(i, null, null, "é".repeat(i * 10_000)))
                .toList();
        insert(large);
        assertThat(dsl.fetch("select length(text) from everything order by number")
                        .getValues(0, Integer.class))
                .isEqualTo(IntStream.range(0, Rows.COPIED_FROM)
                        .map(i -> i * 10_000)
                        .boxed()
                        .toList());
    }

    @Test
    void whatCannotBeInsertedFailsTheTransactionAndTheConnectionStaysGood() {
        List<Everything> rows = some(2 * Rows.COPIED_FROM);
        insert(rows);
        assertThatThrownBy(() -> dsl.transaction(tx -> insert(tx.dsl(), rows)))
                .isInstanceOf(DataAccessException.class)
                .hasStackTraceContaining("everything_pkey");
        assertThat(stored()).hasSameSizeAs(rows);
    }

    @Test
    void aTypeThatCopyDoesNotKnowIsInsertedAllTheSame() {
        dsl.execute("create table money (amount numeric)");
        Field<java.math.BigDecimal> amount = DSL.field(DSL.name("amount"), SQLDataType.NUMERIC);
        Rows.of(IntStream.rangeClosed(1, 2 * Rows.COPIED_FROM).boxed().toList())
                .with(amount, java.math.BigDecimal::valueOf)
                .insertInto(dsl, DSL.table(DSL.name("money")));
        assertThat(dsl.fetchValue("select sum(amount)::int from money"))
                .isEqualTo(Rows.COPIED_FROM * (2 * Rows.COPIED_FROM + 1));
    }

    /** unnest takes arrays of arrays apart, so that only COPY can write such columns, however few rows. */
    @ParameterizedTest
    @ValueSource(ints = {10, 2 * Rows.COPIED_FROM})
    void columnsOfArrays(int count) {
        Rows.of(some(count))
                .with(NUMBER, Everything::number)
                .with(IDS, row -> row.id() == null ? new UUID[0] : new UUID[] {row.id(), null})
                .with(WORDS, row -> row.text() == null ? null : new String[] {"a", row.text()})
                .insertInto(dsl, EVERYTHING);
        assertThat(dsl.fetch(
                                "select ids = array[id, null]::uuid[] from (select ids, ids[1] id from everything) e where ids <> '{}'")
                        .getValues(0, Boolean.class))
                .isNotEmpty()
                .containsOnly(true);
        assertThat(dsl.fetch("select words[2] from everything where words is not null order by number")
                        .getValues(0, String.class))
                .isEqualTo(some(count).stream()
                        .filter(row -> row.text() != null)
                        .map(row -> row.text().replace('\0', '\uFFFD'))
                        .toList());
    }

    /** Few or many, sorted or not, in whatever script. */
    @ParameterizedTest
    @ValueSource(ints = {10, 2 * Rows.COPIED_FROM})
    void lexemes(int count) {
        dsl.execute("create table text_words (number int primary key, words tsvector)");
        Field<Object> words =
                DSL.field(DSL.name("words"), DefaultDataType.getDefaultDataType("\"pg_catalog\".\"tsvector\""));
        String[] lexemes = {"zebra", "an", "é", "ant", "漢字", "a", "𝔞"};
        Rows.of(IntStream.range(0, count).boxed().toList())
                .with(NUMBER, row -> row)
                .with(words, row -> row == 0 ? new String[0] : lexemes)
                .insertInto(dsl, DSL.table(DSL.name("text_words")));
        assertThat(dsl.fetch("select words = array_to_tsvector(?) from text_words where number > 0", (Object) lexemes)
                        .getValues(0, Boolean.class))
                .hasSize(count - 1)
                .containsOnly(true);
        assertThat(dsl.fetchValue("select length(words) from text_words where number = 0"))
                .isEqualTo(0);
    }

    private static List<Everything> some(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> i % 7 == 3
                        ? new Everything(i, null, null, null)
                        : new Everything(
                                i,
                                new UUID(i * 0x1234_5678_9ABCL, ~i),
                                Instant.ofEpochSecond((i - 20) * 86_400_017L, 999_999_999 - i),
                                "\\ \t\n \"quoted\", {braces} 👋 NULL \0 " + i))
                .toList();
    }

    private void insert(List<Everything> rows) {
        insert(dsl, rows);
    }

    private static void insert(DSLContext tx, List<Everything> rows) {
        Rows.of(rows)
                .with(NUMBER, Everything::number)
                .with(ID, Everything::id)
                .with(BIG, row -> row.text() == null ? null : Long.MIN_VALUE + row.number())
                .with(SMALL, row -> (short) -row.number())
                .with(FLAG, row -> row.number() % 2 == 0)
                .with(REAL, row -> row.number() / 7.0)
                .with(TEXT, Everything::text)
                .with(AT, Everything::at)
                .with(DAY, row -> LocalDate.of(1999, 12, 1).plusDays(row.number()))
                .with(JSON, row -> JSONB.valueOf("{\"n\": [" + row.number() + ", \"é\"]}"))
                .insertInto(tx, EVERYTHING);
    }

    private List<String> stored() {
        return dsl.fetch("select e::text from everything e order by number").getValues(0, String.class);
    }
}
