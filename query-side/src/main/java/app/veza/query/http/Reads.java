package app.veza.query.http;

import app.veza.stores.ReadPositions;
import app.veza.stores.ReadPositions.NotReached;
import app.veza.stores.ReadPositions.Reached;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;

/**
 * Runs a view's query where it may run (on the replica, else on the primary) and no earlier than it may, and answers with
 * the position that it stands for.
 */
public final class Reads {

    /** Header of answers: everything up to this position of the log is in them. */
    public static final String POSITION = "Veza-Position";

    /** Header of answers: id of the log that the position is one of. Of requests: the log that the client's positions are of. */
    public static final String LOG = "Veza-Log";

    /** Header of requests: the answer must not be older than this position. */
    public static final String MIN_POSITION = "Veza-Min-Position";

    /** An unknown relation or column: after an upgrade the views are those of the former version until the next one is filled. */
    private static final Set<String> OF_ANOTHER_VERSION = Set.of("42P01", "42703");

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final ReadPositions positions;

    public Reads(ReadPositions positions) {
        this.positions = positions;
    }

    /**
     * A server's state for one query.
     *
     * @param position known before the query runs, so the data are never older; they may be a little newer
     */
    public record Snapshot(DSLContext sql, long position) {}

    /**
     * @param projections those that the query reads; the answer's position is the least of theirs
     * @param minPosition the header {@value #MIN_POSITION}
     * @throws org.springframework.web.ErrorResponseException 503 when no server reaches that position within two seconds
     */
    public <T> ResponseEntity<T> answer(
            Set<String> projections, @Nullable String minPosition, Function<Snapshot, T> query) {
        return answer(projections, minPosition, 0, query);
    }

    /** As {@link #answer}, no older than either position. */
    public <T> ResponseEntity<T> answer(
            Set<String> projections, @Nullable String minPosition, long least, Function<Snapshot, T> query) {
        Reached reached = await(projections, Math.max(least, position(minPosition)), PATIENCE);
        return answer(reached, read(reached, query));
    }

    /**
     * As {@link #answer}, for what must exist: while the query finds nothing and the read model goes on, it is asked
     * again. So a person who registered a moment ago is found.
     *
     * @param otherwise the sentence of the 404
     */
    public <T> ResponseEntity<T> answerExisting(
            Set<String> projections,
            @Nullable String minPosition,
            String otherwise,
            Function<Snapshot, Optional<T>> query) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Reached reached = await(projections, position(minPosition), PATIENCE);
        while (true) {
            Optional<T> found = read(reached, query);
            if (found.isPresent()) {
                return answer(reached, found.get());
            }
            Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
            switch (positions.await(projections, reached.position() + 1, left)) {
                case Reached later -> reached = later;
                case NotReached same -> throw Problems.notFound(otherwise);
            }
        }
    }

    private Reached await(Set<String> projections, long minPosition, Duration atMost) {
        return switch (positions.await(projections, minPosition, atMost)) {
            case Reached reached -> reached;
            case NotReached behind -> throw Problems.behind(minPosition, behind.position());
        };
    }

    private static <T> T read(Reached reached, Function<Snapshot, T> query) {
        try {
            return reached.pool().read(sql -> query.apply(new Snapshot(sql, reached.position())));
        } catch (DataAccessException e) {
            if (OF_ANOTHER_VERSION.contains(e.sqlState())) {
                throw Problems.beingFilled(e);
            }
            throw e;
        }
    }

    /** Private, for it depends on who asks; to be validated each time, which the entity tag makes cheap. */
    private static <T> ResponseEntity<T> answer(Reached reached, T body) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.ok();
        if (!reached.log().isEmpty()) {
            // Of the very read model, which after a restore may be another one than the log in use for a moment
            answer.header(LOG, reached.log());
        }
        return answer.header(POSITION, Long.toString(reached.position()))
                .cacheControl(CacheControl.noCache().cachePrivate())
                .body(body);
    }

    private static long position(@Nullable String header) {
        if (header == null) {
            return 0;
        }
        try {
            long position = Long.parseLong(header.strip());
            if (position >= 0) {
                return position;
            }
            throw Problems.malformed(MIN_POSITION, "A position is not negative.");
        } catch (NumberFormatException e) {
            throw Problems.malformed(MIN_POSITION, "A position is a whole number.");
        }
    }
}
