package app.veza.query.shape;

import static app.veza.query.jooq.view.Tables.MESSAGES;
import static app.veza.query.jooq.view.Tables.PEOPLE;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jooq.Record;
import org.jooq.SelectField;

/** Messages as the database has them: rows of {@code messages} joined with {@code people}. */
public final class MessageRows {

    public static final List<SelectField<?>> COLUMNS = List.of(
            MESSAGES.MESSAGE_ID,
            MESSAGES.POSITION,
            MESSAGES.SENDER_ID,
            MESSAGES.TEXT,
            MESSAGES.SENT_AT,
            MESSAGES.REPLY_TO,
            PEOPLE.USERNAME,
            PEOPLE.DISPLAY_NAME);

    private MessageRows() {}

    /** Whether the row, of an outer join, holds a message and its sender. */
    public static boolean isPresent(Record row, int first) {
        return row.get(first) != null && row.get(first + 6) != null;
    }

    /**
     * By number, not by name: out of a subquery the columns are not the tables' any more, and jOOQ would compare names for
     * every value of every row.
     *
     * @param first number of the first of {@link #COLUMNS} in the row
     */
    public static Message message(UUID room, Record row, int first) {
        return Message.unchanged(
                row.get(first, UUID.class),
                room,
                row.get(first + 1, long.class),
                new Person(
                        row.get(first + 2, UUID.class),
                        row.get(first + 6, String.class),
                        row.get(first + 7, String.class)),
                row.get(first + 3, String.class),
                row.get(first + 4, Instant.class),
                row.get(first + 5, UUID.class));
    }
}
