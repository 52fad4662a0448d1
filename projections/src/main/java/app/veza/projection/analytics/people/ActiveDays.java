package app.veza.projection.analytics.people;

import static app.veza.projection.jooq.people_facts.Tables.PERSON_DAY;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.excluded;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.least;
import static org.jooq.impl.DSL.select;

import app.veza.event.chat.MessageDeleted;
import app.veza.event.chat.MessageEdited;
import app.veza.event.chat.MessageRead;
import app.veza.event.chat.MessageSent;
import app.veza.event.chat.ReactionAdded;
import app.veza.event.chat.ReactionRemoved;
import app.veza.event.identity.LoggedIn;
import app.veza.event.streaming.ListenerJoined;
import app.veza.event.streaming.StreamResumed;
import app.veza.event.streaming.StreamWentLive;
import app.veza.projection.rows.Rows;
import app.veza.projectionengine.Recorded;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;

/** Who did something on which day, and what: most of it is there already, and then nothing is written. */
final class ActiveDays {

    /** Each in the bit of its ordinal. */
    private enum Doing {
        LOGGED_IN,
        CHATTED,
        READ,
        LISTENED,
        BROADCAST
    }

    private static final List<Field<Boolean>> DOINGS = List.of(
            PERSON_DAY.LOGGED_IN, PERSON_DAY.CHATTED, PERSON_DAY.READ, PERSON_DAY.LISTENED, PERSON_DAY.BROADCAST);

    private static final List<Field<?>> COLUMNS = List.of(
            PERSON_DAY.DATE,
            PERSON_DAY.PERSON_ID,
            PERSON_DAY.POSITION,
            PERSON_DAY.HOURS,
            PERSON_DAY.LOGGED_IN,
            PERSON_DAY.CHATTED,
            PERSON_DAY.READ,
            PERSON_DAY.LISTENED,
            PERSON_DAY.BROADCAST);

    private record PersonDay(LocalDate date, UUID person) {}

    private static final class Day {
        private final long position;
        private int hours;
        private int doings;

        Day(long position) {
            this.position = position;
        }

        boolean did(Doing doing) {
            return (doings & 1 << doing.ordinal()) != 0;
        }
    }

    private final Map<PersonDay, Day> days = new LinkedHashMap<>();

    void fold(Recorded<?> recorded) {
        switch (recorded.event()) {
            case LoggedIn login -> did(login.personId(), Doing.LOGGED_IN, recorded);
            case MessageSent message -> did(message.senderId(), Doing.CHATTED, recorded);
            case MessageEdited message -> did(message.authorId(), Doing.CHATTED, recorded);
            case MessageDeleted message -> did(message.deletedBy(), Doing.CHATTED, recorded);
            case ReactionAdded reaction -> did(reaction.personId(), Doing.CHATTED, recorded);
            case ReactionRemoved reaction -> did(reaction.personId(), Doing.CHATTED, recorded);
            case MessageRead read -> did(read.personId(), Doing.READ, recorded);
            case ListenerJoined listener -> did(listener.personId(), Doing.LISTENED, recorded);
            case StreamWentLive stream -> did(stream.broadcasterId(), Doing.BROADCAST, recorded);
            case StreamResumed stream -> did(stream.broadcasterId(), Doing.BROADCAST, recorded);
            default -> {}
        }
    }

    private void did(UUID person, Doing doing, Recorded<?> recorded) {
        var at = recorded.timestamp().atOffset(ZoneOffset.UTC);
        Day day = days.computeIfAbsent(new PersonDay(at.toLocalDate(), person), any -> new Day(recorded.position()));
        day.hours |= 1 << at.getHour();
        day.doings |= 1 << doing.ordinal();
    }

    void write(DSLContext tx) {
        if (days.isEmpty()) {
            return;
        }
        Rows<Map.Entry<PersonDay, Day>> rows = Rows.of(days.entrySet())
                .with(PERSON_DAY.DATE, day -> day.getKey().date())
                .with(PERSON_DAY.PERSON_ID, day -> day.getKey().person())
                .with(PERSON_DAY.POSITION, day -> day.getValue().position)
                .with(PERSON_DAY.HOURS, day -> day.getValue().hours);
        for (Doing doing : Doing.values()) {
            rows.with(DOINGS.get(doing.ordinal()), day -> day.getValue().did(doing));
        }
        Table<Record> batch = rows.asTable();
        Map<Field<?>, Field<?>> merged = new LinkedHashMap<>();
        // an event that was parked comes after later ones
        merged.put(PERSON_DAY.POSITION, least(PERSON_DAY.POSITION, excluded(PERSON_DAY.POSITION)));
        merged.put(PERSON_DAY.HOURS, PERSON_DAY.HOURS.bitOr(excluded(PERSON_DAY.HOURS)));
        Condition isNew = PERSON_DAY
                .HOURS
                .bitOr(excluded(PERSON_DAY.HOURS))
                .ne(PERSON_DAY.HOURS)
                .or(excluded(PERSON_DAY.POSITION).lt(PERSON_DAY.POSITION));
        for (Field<Boolean> doing : DOINGS) {
            merged.put(doing, field(condition(doing).or(excluded(doing))));
            isNew = isNew.or(condition(excluded(doing)).andNot(doing));
        }
        tx.insertInto(PERSON_DAY)
                .columns(COLUMNS)
                .select(select(COLUMNS.stream().map(batch::field).toList()).from(batch))
                .onConflict(PERSON_DAY.DATE, PERSON_DAY.PERSON_ID)
                .doUpdate()
                .set(merged)
                .where(isNew)
                .execute();
    }
}
