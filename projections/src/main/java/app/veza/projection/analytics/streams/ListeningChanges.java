package app.veza.projection.analytics.streams;

import static app.veza.projection.jooq.stream_facts.Tables.LISTENING;
import static app.veza.projection.jooq.stream_facts.Tables.LISTENING_HOUR;
import static org.jooq.impl.DSL.field;

import app.veza.event.streaming.ListenerJoined;
import app.veza.event.streaming.ListenerLeft;
import app.veza.projection.analytics.RollUp;
import app.veza.projection.rows.Names;
import app.veza.projection.rows.Rows;
import app.veza.projectionengine.Recorded;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/** Listening that began or ended in a batch. Who joins and leaves within it makes one complete row. */
final class ListeningChanges {

    private record StreamHour(Instant hour, UUID stream) {}

    private static final class Listening {
        private final Recorded<?> joined;
        private final ListenerJoined join;
        private @Nullable Recorded<ListenerLeft> left;

        Listening(Recorded<?> joined, ListenerJoined join) {
            this.joined = joined;
            this.join = join;
        }
    }

    private final Map<UUID, Listening> begun = new LinkedHashMap<>();
    private final Map<UUID, Recorded<ListenerLeft>> leftLater = new LinkedHashMap<>();
    private final RollUp<StreamHour> hours = RollUp.<StreamHour>into(
                    LISTENING_HOUR, List.of(LISTENING_HOUR.JOINED, LISTENING_HOUR.LISTENED_MILLIS))
            .by(LISTENING_HOUR.HOUR, StreamHour::hour)
            .by(LISTENING_HOUR.STREAM_ID, StreamHour::stream);

    void fold(Recorded<?> recorded) {
        switch (recorded.event()) {
            case ListenerJoined join -> {
                begun.put(join.listeningId(), new Listening(recorded, join));
                hours.add(new StreamHour(RollUp.hour(recorded.timestamp()), join.streamId()), LISTENING_HOUR.JOINED, 1);
            }
            case ListenerLeft left -> {
                Recorded<ListenerLeft> leaving = new Recorded<>(recorded.position(), recorded.timestamp(), left);
                Listening listening = begun.get(left.listeningId());
                if (listening == null) {
                    leftLater.put(left.listeningId(), leaving);
                } else {
                    listening.left = leaving;
                    spread(left.streamId(), recordable(listening.joined.timestamp()), left.listenedMillis());
                }
            }
            default -> {}
        }
    }

    /** Times as the database keeps them, so that what is computed here and there is the same. */
    private static Instant recordable(Instant at) {
        return at.truncatedTo(ChronoUnit.MICROS);
    }

    /** Adds to each hour what of the listening falls into it. */
    private void spread(UUID stream, Instant from, long millis) {
        Instant to = from.plusMillis(millis);
        long told = 0;
        for (Instant hour = RollUp.hour(from); hour.isBefore(to); hour = hour.plus(1, ChronoUnit.HOURS)) {
            Instant next = hour.plus(1, ChronoUnit.HOURS);
            // measured from the begin, so that the parts of a millisecond are lost at no border
            long untilNext = next.isBefore(to) ? Duration.between(from, next).toMillis() : millis;
            hours.add(new StreamHour(hour, stream), LISTENING_HOUR.LISTENED_MILLIS, untilNext - told);
            told = untilNext;
        }
    }

    void write(DSLContext tx) {
        Rows.of(begun.values())
                .with(LISTENING.LISTENING_ID, one -> one.join.listeningId())
                .with(LISTENING.POSITION, one -> one.joined.position())
                .with(LISTENING.STREAM_ID, one -> one.join.streamId())
                .with(LISTENING.PERSON_ID, one -> one.join.personId())
                .with(LISTENING.JOINED_AT, one -> one.joined.timestamp())
                .with(LISTENING.LEFT_POSITION, one -> one.left == null ? null : one.left.position())
                .with(
                        LISTENING.LEFT_AT,
                        one -> one.left == null
                                ? null
                                : recordable(one.joined.timestamp())
                                        .plusMillis(one.left.event().listenedMillis()))
                .with(
                        LISTENING.LISTENED_MILLIS,
                        one -> one.left == null ? null : one.left.event().listenedMillis())
                .with(
                        LISTENING.REASON,
                        one -> one.left == null
                                ? null
                                : Names.of(one.left.event().reason()))
                .insertInto(tx, LISTENING);
        if (!leftLater.isEmpty()) {
            leave(tx);
        }
        hours.write(tx);
    }

    private void leave(DSLContext tx) {
        Table<Record> batch = Rows.of(leftLater.values())
                .with(LISTENING.LISTENING_ID, left -> left.event().listeningId())
                .with(LISTENING.LEFT_POSITION, Recorded::position)
                .with(LISTENING.LISTENED_MILLIS, left -> left.event().listenedMillis())
                .with(LISTENING.REASON, left -> Names.of(left.event().reason()))
                .asTable();
        tx.update(LISTENING)
                .set(LISTENING.LEFT_POSITION, batch.field(LISTENING.LEFT_POSITION))
                .set(
                        LISTENING.LEFT_AT,
                        field(
                                "{0} + {1} * interval '1 millisecond'",
                                LISTENING.LEFT_AT.getDataType(),
                                LISTENING.JOINED_AT,
                                batch.field(LISTENING.LISTENED_MILLIS)))
                .set(LISTENING.LISTENED_MILLIS, batch.field(LISTENING.LISTENED_MILLIS))
                .set(LISTENING.REASON, batch.field(LISTENING.REASON))
                .from(batch)
                .where(LISTENING.LISTENING_ID.eq(batch.field(LISTENING.LISTENING_ID)))
                .returningResult(LISTENING.STREAM_ID, LISTENING.JOINED_AT, LISTENING.LISTENED_MILLIS)
                .forEach(left -> spread(left.value1(), left.value2(), left.value3()));
    }
}
