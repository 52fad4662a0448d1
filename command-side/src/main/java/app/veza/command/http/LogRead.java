package app.veza.command.http;

import app.veza.command.History;
import app.veza.eventstore.PositionNotReachedException;
import app.veza.eventstore.command.EventLogUnavailableException;
import java.util.function.Supplier;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;

/** A read of the log itself, for what stands in no read model; an argument of endpoints. */
public final class LogRead {

    private final History history;
    private final long minPosition;

    LogRead(History history, long minPosition) {
        this.history = history;
        this.minPosition = minPosition;
    }

    /**
     * Waits until what is read is no older than the client wants it, for an answer that tells in words of its own how far it reaches.
     *
     * @return a position that what is read next is no older than
     * @throws PositionNotReachedException as {@link #answer}
     * @throws EventLogUnavailableException likewise
     */
    public long await() {
        return history.await(minPosition);
    }

    /**
     * What is found, with the position that it is no older than, to be stored by nobody.
     *
     * @throws PositionNotReachedException when the log does not reach as far as the client wants it read
     * @throws EventLogUnavailableException when this node has not read that far in time
     */
    public <T> ResponseEntity<T> answer(Supplier<T> found) {
        long position = await();
        return ResponseEntity.ok()
                .header(Answers.POSITION, Long.toString(position))
                .cacheControl(CacheControl.noStore())
                .body(found.get());
    }
}
