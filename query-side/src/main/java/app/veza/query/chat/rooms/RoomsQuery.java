package app.veza.query.chat.rooms;

import static app.veza.query.jooq.view.Tables.MEMBERS;
import static app.veza.query.jooq.view.Tables.MESSAGES;
import static app.veza.query.jooq.view.Tables.PEOPLE;
import static app.veza.query.jooq.view.Tables.ROOMS;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.val;

import app.veza.query.http.Listing;
import app.veza.query.http.Page;
import app.veza.query.shape.MessageRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SelectField;
import org.jooq.SelectOnConditionStep;
import org.jspecify.annotations.Nullable;

/** Rooms with what one person may see of them: their role, and as a member the last message. */
final class RoomsQuery {

    /** Written out in the statement: with a parameter the planner could not use the indexes of public rooms. */
    private static final Condition IS_PUBLIC = ROOMS.VISIBILITY.eq(inline("public"));

    private static final List<SelectField<?>> COLUMNS = columns();

    /** Number of the last message's first column. */
    private static final int MESSAGE = COLUMNS.size() - MessageRows.COLUMNS.size();

    /** Where a page of public rooms ended: size first, for lists begin with the largest. */
    private record Size(int members, UUID room) {

        static Size parse(String key) {
            int slash = key.indexOf('/');
            return new Size(Integer.parseInt(key.substring(0, slash)), UUID.fromString(key.substring(slash + 1)));
        }
    }

    private final DSLContext sql;
    private final UUID caller;

    RoomsQuery(DSLContext sql, UUID caller) {
        this.sql = sql;
        this.caller = caller;
    }

    /** A room that is public or has the caller as a member. */
    Optional<Room> one(UUID room) {
        return rooms().where(ROOMS.ROOM_ID.eq(room))
                .and(IS_PUBLIC.or(MEMBERS.ROLE.isNotNull()))
                .fetchOptional(RoomsQuery::room);
    }

    /** The caller's rooms, the one in which something was said last first. */
    Listing<Room> mine(@Nullable String words, Page page) {
        List<Record> rows = rooms().where(MEMBERS.PERSON_ID.eq(caller))
                .and(matches(words))
                .and(ROOMS.LAST_POSITION.lt(page.after(Long::valueOf, Long.MAX_VALUE)))
                .orderBy(ROOMS.LAST_POSITION.desc())
                .limit(page.fetch())
                .fetch();
        return Listing.of(page, rows, row -> row.get(ROOMS.LAST_POSITION).toString(), RoomsQuery::room);
    }

    /** Public rooms, the largest first. */
    Listing<Room> ofAll(@Nullable String words, Page page) {
        List<Record> rows = rooms().where(IS_PUBLIC)
                .and(matches(words))
                .and(page.continued() ? after(page.after(Size::parse, new Size(0, caller))) : noCondition())
                .orderBy(ROOMS.MEMBER_COUNT.desc(), ROOMS.ROOM_ID)
                .limit(page.fetch())
                .fetch();
        return Listing.of(
                page, rows, row -> row.get(ROOMS.MEMBER_COUNT) + "/" + row.get(ROOMS.ROOM_ID), RoomsQuery::room);
    }

    private SelectOnConditionStep<Record> rooms() {
        return sql.select(COLUMNS)
                .from(ROOMS)
                .leftJoin(MEMBERS)
                .on(MEMBERS.ROOM_ID.eq(ROOMS.ROOM_ID))
                .and(MEMBERS.PERSON_ID.eq(caller))
                .leftJoin(MESSAGES)
                .on(MESSAGES.ROOM_ID.eq(ROOMS.ROOM_ID))
                .and(MESSAGES.POSITION.eq(ROOMS.LAST_POSITION))
                .and(MEMBERS.ROLE.isNotNull())
                .leftJoin(PEOPLE)
                .on(PEOPLE.PERSON_ID.eq(MESSAGES.SENDER_ID));
    }

    private static Condition after(Size ended) {
        return ROOMS.MEMBER_COUNT
                .lt(ended.members())
                .or(ROOMS.MEMBER_COUNT.eq(ended.members()).and(ROOMS.ROOM_ID.gt(ended.room())));
    }

    /** Every word that was typed begins a word of the name or the topic; the expression is that of the index. */
    private static Condition matches(@Nullable String words) {
        if (words == null || words.isBlank()) {
            return noCondition();
        }
        String prefixes = Stream.of(words.split("[^\\p{L}\\p{N}]+"))
                .filter(word -> !word.isEmpty())
                .map(word -> word + ":*")
                .collect(Collectors.joining(" & "));
        return condition(
                "to_tsvector('simple', {0} || ' ' || coalesce({1}, '')) @@ to_tsquery('simple', {2})",
                ROOMS.NAME, ROOMS.TOPIC, val(prefixes));
    }

    private static Room room(Record row) {
        UUID id = row.get(ROOMS.ROOM_ID);
        return new Room(
                id,
                row.get(ROOMS.NAME),
                row.get(ROOMS.TOPIC),
                row.get(ROOMS.VISIBILITY),
                row.get(ROOMS.MEMBER_COUNT),
                row.get(MEMBERS.ROLE),
                MessageRows.isPresent(row, MESSAGE) ? MessageRows.message(id, row, MESSAGE) : null);
    }

    private static List<SelectField<?>> columns() {
        List<SelectField<?>> columns = new ArrayList<>(List.of(
                ROOMS.ROOM_ID,
                ROOMS.NAME,
                ROOMS.TOPIC,
                ROOMS.VISIBILITY,
                ROOMS.MEMBER_COUNT,
                ROOMS.LAST_POSITION,
                MEMBERS.ROLE));
        columns.addAll(MessageRows.COLUMNS);
        return List.copyOf(columns);
    }
}
