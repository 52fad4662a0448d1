package app.veza.projection.replica.streams;

import static app.veza.projection.jooq.streams.Tables.LISTENER;
import static app.veza.projection.jooq.streams.Tables.STREAM;

import app.veza.event.streaming.ListenerJoined;
import app.veza.event.streaming.ListenerLeft;
import app.veza.projection.rows.Rows;
import app.veza.projectionengine.Recorded;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/**
 * Who listens. The most at any one time is within a batch as well as between two, so what a batch brings is gone through event by event,
 * starting from who listened before it.
 */
final class Audience {

    private record Listening(UUID stream, UUID id) {}

    /** @param joined null when they left */
    private record Move(Listening listening, @Nullable Recorded<ListenerJoined> joined) {}

    private record Count(int now, int peak) {
        Count plus(int difference) {
            int next = now + difference;
            return new Count(next, Math.max(peak, next));
        }
    }

    private final List<Move> moves = new ArrayList<>();
    private final Set<Listening> touched = new LinkedHashSet<>();

    void joined(Recorded<?> recorded, ListenerJoined joined) {
        add(new Move(
                new Listening(joined.streamId(), joined.listeningId()),
                new Recorded<>(recorded.position(), recorded.timestamp(), joined)));
    }

    void left(ListenerLeft left) {
        add(new Move(new Listening(left.streamId(), left.listeningId()), null));
    }

    private void add(Move move) {
        moves.add(move);
        touched.add(move.listening());
    }

    void apply(DSLContext tx) {
        if (moves.isEmpty()) {
            return;
        }
        Set<Listening> before = before(tx);
        Map<UUID, Count> counts = counts(tx);
        Set<Listening> gone = new HashSet<>();
        Map<Listening, Recorded<ListenerJoined>> come = new LinkedHashMap<>();
        for (Move move : moves) {
            Listening listening = move.listening();
            boolean isThere = come.containsKey(listening) || before.contains(listening) && !gone.contains(listening);
            if (move.joined() != null && !isThere) {
                come.put(listening, move.joined());
                counts.computeIfPresent(listening.stream(), (stream, count) -> count.plus(1));
            } else if (move.joined() == null && isThere) {
                if (come.remove(listening) == null) {
                    gone.add(listening);
                }
                counts.computeIfPresent(listening.stream(), (stream, count) -> count.plus(-1));
            }
        }
        if (!gone.isEmpty()) {
            tx.deleteFrom(LISTENER).where(keys(gone).matches()).execute();
        }
        insert(tx, come);
        count(tx, counts);
    }

    private Set<Listening> before(DSLContext tx) {
        return new HashSet<>(tx.select(LISTENER.STREAM_ID, LISTENER.LISTENING_ID)
                .from(LISTENER)
                .where(keys(touched).matches())
                .fetch(row -> new Listening(row.value1(), row.value2())));
    }

    private Map<UUID, Count> counts(DSLContext tx) {
        Set<UUID> streams = new LinkedHashSet<>();
        touched.forEach(listening -> streams.add(listening.stream()));
        Map<UUID, Count> counts = new HashMap<>();
        tx.select(STREAM.STREAM_ID, STREAM.LISTENERS, STREAM.PEAK_LISTENERS)
                .from(STREAM)
                .where(Rows.of(streams).with(STREAM.STREAM_ID, stream -> stream).matches())
                .forEach(row -> counts.put(row.value1(), new Count(row.value2(), row.value3())));
        return counts;
    }

    private static void insert(DSLContext tx, Map<Listening, Recorded<ListenerJoined>> come) {
        Rows.of(come.values())
                .with(LISTENER.STREAM_ID, joined -> joined.event().streamId())
                .with(LISTENER.LISTENING_ID, joined -> joined.event().listeningId())
                .with(LISTENER.PERSON_ID, joined -> joined.event().personId())
                .with(LISTENER.JOINED_POSITION, Recorded::position)
                .with(LISTENER.JOINED_AT, Recorded::timestamp)
                .insertInto(tx, LISTENER);
    }

    private static void count(DSLContext tx, Map<UUID, Count> counts) {
        Table<Record> rows = Rows.of(new TreeMap<>(counts).entrySet())
                .with(STREAM.STREAM_ID, Map.Entry::getKey)
                .with(STREAM.LISTENERS, entry -> entry.getValue().now())
                .with(STREAM.PEAK_LISTENERS, entry -> entry.getValue().peak())
                .asTable();
        tx.update(STREAM)
                .set(STREAM.LISTENERS, rows.field(STREAM.LISTENERS))
                .set(STREAM.PEAK_LISTENERS, rows.field(STREAM.PEAK_LISTENERS))
                .from(rows)
                .where(STREAM.STREAM_ID.eq(rows.field(STREAM.STREAM_ID)))
                .execute();
    }

    private static Rows<Listening> keys(Set<Listening> listenings) {
        return Rows.of(listenings)
                .with(LISTENER.STREAM_ID, Listening::stream)
                .with(LISTENER.LISTENING_ID, Listening::id);
    }
}
