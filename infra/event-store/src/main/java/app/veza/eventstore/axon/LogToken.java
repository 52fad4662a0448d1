package app.veza.eventstore.axon;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.beans.ConstructorProperties;
import java.util.Objects;
import org.axonframework.messaging.eventhandling.processing.streaming.token.GlobalSequenceTrackingToken;
import org.axonframework.messaging.eventhandling.processing.streaming.token.TrackingToken;

/**
 * A position, and the log that it is a position of: behind the same number another log has another event, or none. Token stores keep both.
 * Which of two lies further is told by their positions alone, of whatever log they are: a replay goes from one log's start to where it was in
 * the other.
 */
public final class LogToken extends GlobalSequenceTrackingToken {

    private final String logId;

    /** @param position of the last event included; 0 before the first */
    @JsonCreator
    @ConstructorProperties({"logId", "globalIndex"})
    public LogToken(@JsonProperty("logId") String logId, @JsonProperty("globalIndex") long position) {
        super(position);
        this.logId = Objects.requireNonNull(logId, "logId");
    }

    /** Of the log, when the token was made. */
    public String getLogId() {
        return logId;
    }

    /** Of tokens of two logs it is one of neither, which no log opens: events of one are not to be read from a position in the other. */
    @Override
    public TrackingToken lowerBound(TrackingToken other) {
        TrackingToken lower = super.lowerBound(other);
        return other instanceof LogToken token && !token.logId.equals(logId)
                ? new LogToken(logId + " and " + token.logId, lower.position().orElse(0))
                : lower;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LogToken token && super.equals(token) && logId.equals(token.logId);
    }

    @Override
    public int hashCode() {
        return 31 * super.hashCode() + logId.hashCode();
    }

    @Override
    public String toString() {
        return "LogToken{position %d of log %s}".formatted(getGlobalIndex(), logId);
    }
}
