package app.veza.query.shape;

import static app.veza.query.jooq.view.Tables.MESSAGES;
import static app.veza.query.jooq.view.Tables.PEOPLE;
import static app.veza.query.jooq.view.Tables.REACTIONS;
import static app.veza.query.jooq.view.Tables.REACTION_COUNTS;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.jsonbArrayAgg;
import static org.jooq.impl.DSL.jsonbObjectAgg;
import static org.jooq.impl.DSL.select;

import app.veza.query.http.PublicUrl;
import app.veza.query.shape.Message.Attachment;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jooq.SelectField;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Messages as the database has them, for one caller: rows of {@code messages} joined with {@code people}. */
public final class MessageRows {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<Map<String, Integer>> COUNTS = new TypeReference<>() {};
    private static final int SENDER_NAME = 10;

    private record Stored(UUID id, String contentType, long size) {}

    private final PublicUrl urls;
    private final List<SelectField<?>> columns;

    public MessageRows(PublicUrl urls, UUID caller) {
        this.urls = urls;
        this.columns = List.of(
                MESSAGES.MESSAGE_ID,
                MESSAGES.POSITION,
                MESSAGES.SENDER_ID,
                MESSAGES.TEXT,
                MESSAGES.SENT_AT,
                MESSAGES.EDITED_AT,
                MESSAGES.DELETED_AT,
                MESSAGES.REPLY_TO,
                MESSAGES.MENTIONS,
                MESSAGES.ATTACHMENTS,
                PEOPLE.USERNAME,
                PEOPLE.DISPLAY_NAME,
                // of a deleted message nobody sees reactions any more
                field(select(jsonbObjectAgg(REACTION_COUNTS.EMOJI, REACTION_COUNTS.PEOPLE))
                                .from(REACTION_COUNTS)
                                .where(REACTION_COUNTS.ROOM_ID.eq(MESSAGES.ROOM_ID))
                                .and(REACTION_COUNTS.MESSAGE_ID.eq(MESSAGES.MESSAGE_ID))
                                .and(MESSAGES.DELETED_AT.isNull()))
                        .as("reactions"),
                field(select(jsonbArrayAgg(REACTIONS.EMOJI).orderBy(REACTIONS.POSITION))
                                .from(REACTIONS)
                                .where(REACTIONS.ROOM_ID.eq(MESSAGES.ROOM_ID))
                                .and(REACTIONS.MESSAGE_ID.eq(MESSAGES.MESSAGE_ID))
                                .and(REACTIONS.PERSON_ID.eq(caller))
                                .and(MESSAGES.DELETED_AT.isNull()))
                        .as("my_reactions"));
    }

    /** In a select of one row each; they may be the columns of a subquery. */
    public List<SelectField<?>> columns() {
        return columns;
    }

    /** Whether the row, of an outer join, holds a message and its sender. */
    public static boolean isPresent(Record row, int first) {
        return row.get(first) != null && row.get(first + SENDER_NAME) != null;
    }

    /**
     * By number, not by name: out of a subquery the columns are not the tables' any more, and jOOQ would compare names for
     * every value of every row.
     *
     * @param first number of the first of {@link #columns} in the row
     */
    public Message message(UUID room, Record row, int first) {
        return new Message(
                row.get(first, UUID.class),
                room,
                row.get(first + 1, long.class),
                new Person(
                        row.get(first + 2, UUID.class),
                        row.get(first + SENDER_NAME, String.class),
                        row.get(first + 11, String.class)),
                row.get(first + 3, String.class),
                row.get(first + 4, Instant.class),
                row.get(first + 5, Instant.class),
                row.get(first + 6, Instant.class),
                row.get(first + 7, UUID.class),
                list(row.get(first + 8, JSONB.class), UUID[].class),
                counts(row.get(first + 12, JSONB.class)),
                list(row.get(first + 9, JSONB.class), Stored[].class).stream()
                        .map(this::attachment)
                        .toList(),
                list(row.get(first + 13, JSONB.class), String[].class));
    }

    private Attachment attachment(Stored file) {
        return new Attachment(
                file.id(),
                file.contentType(),
                file.size(),
                urls.below("api", "attachments", file.id().toString()).toString());
    }

    private static Map<String, Integer> counts(@Nullable JSONB counts) {
        return counts == null ? Map.of() : JSON.readValue(counts.data(), COUNTS);
    }

    private static <T> List<T> list(@Nullable JSONB array, Class<T[]> type) {
        return array == null ? List.of() : Arrays.asList(JSON.readValue(array.data(), type));
    }
}
