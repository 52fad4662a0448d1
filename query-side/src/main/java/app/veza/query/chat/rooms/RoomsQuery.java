package app.veza.query.chat.rooms;

import static app.veza.query.jooq.view.Tables.MEMBERS;
import static app.veza.query.jooq.view.Tables.MESSAGES;
import static app.veza.query.jooq.view.Tables.PEOPLE;
import static app.veza.query.jooq.view.Tables.ROOMS;
import static app.veza.query.jooq.view.Tables.UNREAD_COUNTS;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.val;
import static org.jooq.impl.DSL.when;

import app.veza.query.http.Listing;
import app.veza.query.http.Page;
import app.veza.query.jooq.view.tables.Messages;
import app.veza.query.jooq.view.tables.People;
import app.veza.query.shape.MessageRows;
import app.veza.query.shape.Person;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SelectField;
import org.jooq.SelectOnConditionStep;
import org.jspecify.annotations.Nullable;

/** Rooms with what one person may see of them: their role, and as a member the last message. */
final class RoomsQuery {

    /** Written out in the statement: with a parameter the planner could not use the indexes of public rooms. */
    private static final Condition IS_PUBLIC = ROOMS.VISIBILITY.eq(inline("public"));

    /** The other one of a direct room. */
    private static final People OTHER = PEOPLE.as("other");

    /** Of a page's rows only: what is selected by a subquery is looked for after the rows were sorted and cut. */
    private static final Field<Long> UNREAD = field(name("unread"), Long.class);

    private static final Field<Long> MENTIONED = field(name("mentioned"), Long.class);

    /** In the statement itself, and so of the state that it reads: who counts on with events must not count one twice. */
    private static final Field<Long> AS_OF = field(select(field(name("position"), Long.class))
                    .from(table(name("projection", "current")))
                    .where(field(name("name"), String.class).eq(inline("chat"))))
            .as("as_of");

    /** Where a page of public rooms ended: size first, for lists begin with the largest. */
    private record Size(int members, UUID room) {

        static Size parse(String key) {
            int slash = key.indexOf('/');
            return new Size(Integer.parseInt(key.substring(0, slash)), UUID.fromString(key.substring(slash + 1)));
        }
    }

    private static final Messages EARLIER = MESSAGES.as("earlier");

    private static final Field<Long> SPOKEN = field(name("spoken"), Long.class);

    /**
     * Where a page of one's own rooms ended.
     *
     * @param newest position of the last thing said in any of them when the first page was read: what is said later moves no room
     * @param spoken of the last thing said up to then in the room at the page's end
     */
    private record Recency(long newest, long spoken) {

        static final Recency FIRST = new Recency(Long.MAX_VALUE, Long.MAX_VALUE);

        static Recency parse(String key) {
            int slash = key.indexOf('/');
            return new Recency(Long.parseLong(key.substring(0, slash)), Long.parseLong(key.substring(slash + 1)));
        }
    }

    private final DSLContext sql;
    private final UUID caller;
    private final MessageRows messages;
    private final List<SelectField<?>> columns;

    RoomsQuery(DSLContext sql, UUID caller, MessageRows messages) {
        this.sql = sql;
        this.caller = caller;
        this.messages = messages;
        this.columns = columns();
    }

    /** A room that is public or has the caller as a member. */
    Optional<Room> one(UUID room) {
        return rooms().where(ROOMS.ROOM_ID.eq(room))
                .and(IS_PUBLIC.or(MEMBERS.ROLE.isNotNull()))
                .fetchOptional(this::room);
    }

    /** The caller's rooms, the one in which something was said last first, as it was when the first page was read. */
    Listing<Room> mine(@Nullable String words, Page page) {
        Recency ended = page.after(Recency::parse, Recency.FIRST);
        Field<Long> spoken = spokenUntil(ended.newest());
        List<Record> rows = rooms(spoken.as(SPOKEN))
                .where(MEMBERS.PERSON_ID.eq(caller))
                .and(matches(words))
                .and(spoken.lt(ended.spoken()))
                .orderBy(SPOKEN.desc())
                .limit(page.fetch())
                .fetch();
        long newest = page.continued() || rows.isEmpty()
                ? ended.newest()
                : rows.getFirst().get(SPOKEN);
        return Listing.of(page, rows, row -> newest + "/" + row.get(SPOKEN), this::room);
    }

    /** Position of the last message that a room had then; of its creation before the first one. */
    private static Field<Long> spokenUntil(long then) {
        return when(ROOMS.LAST_POSITION.le(then), ROOMS.LAST_POSITION)
                .otherwise(coalesce(
                        field(select(max(EARLIER.POSITION))
                                .from(EARLIER)
                                .where(EARLIER.ROOM_ID.eq(ROOMS.ROOM_ID))
                                .and(EARLIER.POSITION.le(then))),
                        ROOMS.CREATED_POSITION));
    }

    /** Public rooms, the largest first. */
    Listing<Room> ofAll(@Nullable String words, Page page) {
        List<Record> rows = rooms().where(IS_PUBLIC)
                .and(ROOMS.CLOSED_AT.isNull())
                .and(matches(words))
                .and(page.continued() ? after(page.after(Size::parse, new Size(0, caller))) : noCondition())
                .orderBy(ROOMS.MEMBER_COUNT.desc(), ROOMS.ROOM_ID)
                .limit(page.fetch())
                .fetch();
        return Listing.of(page, rows, row -> row.get(ROOMS.MEMBER_COUNT) + "/" + row.get(ROOMS.ROOM_ID), this::room);
    }

    /** @param more columns, before those that end with the message's */
    private SelectOnConditionStep<Record> rooms(SelectField<?>... more) {
        return sql.select(more)
                .select(columns)
                .from(ROOMS)
                .leftJoin(MEMBERS)
                .on(MEMBERS.ROOM_ID.eq(ROOMS.ROOM_ID))
                .and(MEMBERS.PERSON_ID.eq(caller))
                .leftJoin(MESSAGES)
                .on(MESSAGES.ROOM_ID.eq(ROOMS.ROOM_ID))
                .and(MESSAGES.POSITION.eq(ROOMS.LAST_POSITION))
                .and(MEMBERS.ROLE.isNotNull())
                .leftJoin(PEOPLE)
                .on(PEOPLE.PERSON_ID.eq(MESSAGES.SENDER_ID))
                .leftJoin(OTHER)
                .on(ROOMS.DIRECT_WITH.isNotNull())
                .and(OTHER.PERSON_ID.eq(
                        when(ROOMS.CREATOR_ID.eq(caller), ROOMS.DIRECT_WITH).otherwise(ROOMS.CREATOR_ID)));
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
                "to_tsvector('simple', regexp_replace({0} || ' ' || coalesce({1}, ''), '[!-/:-@[-`{-~]+', ' ', 'g'))"
                        + " @@ to_tsquery('simple', {2})",
                ROOMS.NAME, ROOMS.TOPIC, val(prefixes));
    }

    private Room room(Record row) {
        UUID id = row.get(ROOMS.ROOM_ID);
        Person other = row.get(OTHER.PERSON_ID) == null
                ? null
                : new Person(row.get(OTHER.PERSON_ID), row.get(OTHER.USERNAME), row.get(OTHER.DISPLAY_NAME));
        int lastMessage = row.size() - messages.columns().size();
        int slowMode = row.get(ROOMS.SLOW_MODE_SECONDS);
        return new Room(
                id,
                other == null ? Objects.requireNonNullElse(row.get(ROOMS.NAME), "") : other.displayName(),
                row.get(ROOMS.TOPIC),
                row.get(ROOMS.VISIBILITY),
                row.get(ROOMS.MEMBER_COUNT),
                row.get(MEMBERS.ROLE),
                row.get(UNREAD),
                row.get(MENTIONED),
                MessageRows.isPresent(row, lastMessage) ? messages.message(id, row, lastMessage) : null,
                other,
                slowMode == 0 ? null : slowMode,
                row.get(ROOMS.CLOSED_AT),
                row.get(AS_OF));
    }

    private List<SelectField<?>> columns() {
        List<SelectField<?>> columns = new ArrayList<>(List.of(
                ROOMS.ROOM_ID,
                ROOMS.NAME,
                ROOMS.TOPIC,
                ROOMS.VISIBILITY,
                ROOMS.MEMBER_COUNT,
                ROOMS.CREATOR_ID,
                ROOMS.SLOW_MODE_SECONDS,
                ROOMS.CLOSED_AT,
                ROOMS.LAST_POSITION,
                MEMBERS.ROLE,
                OTHER.PERSON_ID,
                OTHER.USERNAME,
                OTHER.DISPLAY_NAME,
                counted(UNREAD_COUNTS.UNREAD).as(UNREAD),
                counted(UNREAD_COUNTS.MENTIONS).as(MENTIONED),
                AS_OF));
        columns.addAll(messages.columns());
        return List.copyOf(columns);
    }

    /** Null for who is no member. */
    private Field<Long> counted(Field<Long> count) {
        return field(select(count)
                .from(UNREAD_COUNTS)
                .where(UNREAD_COUNTS.ROOM_ID.eq(ROOMS.ROOM_ID))
                .and(UNREAD_COUNTS.PERSON_ID.eq(caller)));
    }
}
