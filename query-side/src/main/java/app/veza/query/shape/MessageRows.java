package app.veza.query.shape;

import static app.veza.query.jooq.view.Tables.MESSAGES;
import static app.veza.query.jooq.view.Tables.PEOPLE;

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
    public static boolean isPresent(Record row) {
        return row.get(MESSAGES.MESSAGE_ID) != null && row.get(PEOPLE.USERNAME) != null;
    }

    public static Message message(UUID room, Record row) {
        return Message.unchanged(
                row.get(MESSAGES.MESSAGE_ID),
                room,
                row.get(MESSAGES.POSITION),
                new Person(row.get(MESSAGES.SENDER_ID), row.get(PEOPLE.USERNAME), row.get(PEOPLE.DISPLAY_NAME)),
                row.get(MESSAGES.TEXT),
                row.get(MESSAGES.SENT_AT),
                row.get(MESSAGES.REPLY_TO));
    }
}
