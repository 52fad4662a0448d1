package app.veza.query.analytics.reports;

import java.sql.Date;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jooq.DSLContext;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.QueryPart;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/**
 * A report's SQL with what was asked put in: {@code :from} and {@code :to} (instants), {@code :from_date} and {@code :to_date} (days in
 * UTC), {@code :unit} (of the granularity), {@code :periods} (a table {@code p} with a row {@code period} for each), {@code :room},
 * {@code :stream} and {@code :limit}. Nothing that a client sent becomes part of the text.
 *
 * @param room null: all of them
 */
record ReportQuery(
        Report report,
        Range range,
        @Nullable UUID room,
        @Nullable UUID stream,
        int limit) {

    private static final Pattern NAME = Pattern.compile("(?<!:):([a-z_]+)");

    private static final Map<String, String> MACROS = Map.of(
            "periods", """
                    (select period from generate_series(:from, :to, interval '1 :unit', 'UTC') as period
                     where period < :to) as p""",
            "from_date", "cast(:from at time zone 'UTC' as date)",
            "to_date", "cast(:to at time zone 'UTC' as date)");

    /** @param most rows at most, and one more when there are more */
    List<Map<String, @Nullable Object>> run(DSLContext sql, int most) {
        List<Field<?>> bindings = new ArrayList<>();
        String text = bind(expand(report.sql().apply(range.granularity())), bindings);
        return sql.resultQuery(text + "\nfetch first " + (most + 1) + " rows only", bindings.toArray(QueryPart[]::new))
                .fetch(this::item);
    }

    private String expand(String text) {
        return NAME.matcher(text).replaceAll(name -> {
            String macro = MACROS.get(name.group(1));
            return Matcher.quoteReplacement(
                    macro != null
                            ? expand(macro)
                            : name.group(1).equals("unit") ? range.granularity().text() : name.group());
        });
    }

    private String bind(String text, List<Field<?>> bindings) {
        return NAME.matcher(text).replaceAll(name -> {
            Field<?> binding =
                    switch (name.group(1)) {
                        case "from" -> typed(range.from(), SQLDataType.INSTANT);
                        case "to" -> typed(range.to(), SQLDataType.INSTANT);
                        case "room" -> typed(room, SQLDataType.UUID);
                        case "stream" -> typed(stream, SQLDataType.UUID);
                        case "limit" -> typed(limit, SQLDataType.INTEGER);
                        default -> throw new IllegalStateException("SQL of " + report.name() + " has " + name.group());
                    };
            bindings.add(binding);
            return "{" + (bindings.size() - 1) + "}";
        });
    }

    /** Cast, for a null alone tells PostgreSQL no type. */
    private static <T> Field<T> typed(@Nullable T value, DataType<T> type) {
        return DSL.cast(DSL.val(value, type), type);
    }

    private Map<String, @Nullable Object> item(Record row) {
        Map<String, @Nullable Object> item = new LinkedHashMap<>();
        for (int i = 0; i < report.columns().size(); i++) {
            item.put(report.columns().get(i).name(), plain(row.get(i)));
        }
        return item;
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return switch (value) {
            case OffsetDateTime at -> at.toInstant();
            case Date date -> date.toLocalDate();
            case null, default -> value;
        };
    }
}
