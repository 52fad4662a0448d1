package app.veza.eventstore.axon;

import java.util.Objects;
import org.axonframework.eventsourcing.eventstore.ConsistencyMarker;
import org.axonframework.eventsourcing.eventstore.GlobalIndexConsistencyMarker;

/** A position, and the log that was read up to there: what is decided on one log is not appended to another. An append's own is Axon's. */
final class LogMarker extends GlobalIndexConsistencyMarker {

    private final String logId;

    LogMarker(String logId, long position) {
        super(position);
        this.logId = logId;
    }

    String logId() {
        return logId;
    }

    @Override
    protected ConsistencyMarker doLowerBound(GlobalIndexConsistencyMarker other) {
        return with(other, Math.min(position(this), position(other)));
    }

    @Override
    protected ConsistencyMarker doUpperBound(GlobalIndexConsistencyMarker other) {
        return with(other, Math.max(position(this), position(other)));
    }

    /** Of markers of two logs it is one of neither, which no log takes: nothing can be decided on half of each. */
    private LogMarker with(GlobalIndexConsistencyMarker other, long position) {
        return other instanceof LogMarker marker && !marker.logId.equals(logId)
                ? new LogMarker(logId + " and " + marker.logId, position)
                : new LogMarker(logId, position);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LogMarker marker && super.equals(marker) && logId.equals(marker.logId);
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), logId);
    }

    @Override
    public String toString() {
        return "LogMarker{position %d of log %s}".formatted(position(this), logId);
    }
}
