package app.veza.eventstore.axon;

import app.veza.eventstore.Criteria;
import app.veza.eventstore.Sourcing;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.axonframework.messaging.core.Context.ResourceKey;
import org.axonframework.messaging.core.unitofwork.ProcessingContext;
import org.jspecify.annotations.Nullable;

/**
 * What one attempt to decide a command is given, and what the storage engine saw it read and append. Travels as a resource
 * of the attempt's {@link ProcessingContext}; without one the engine works all the same.
 */
public final class DecisionContext {

    public static final ResourceKey<DecisionContext> RESOURCE_KEY = ResourceKey.withLabel("decision");

    /** Events that a decision was made on: those matching the criteria up to the marker, the last position included, in one log. */
    public record Sourced(Criteria criteria, long marker, String logId) {}

    private final @Nullable String commandId;
    private final @Nullable String fingerprint;
    private final long minPosition;
    private final Map<String, String> metadata;
    private final List<Sourced> sourced = new CopyOnWriteArrayList<>();
    private volatile List<Object> appended = List.of();
    private volatile long lastPosition;

    /**
     * @param commandId identifies the append for all time
     * @param fingerprint of the command's body, stored with the append
     * @param minPosition sourcing waits for it
     * @param metadata added to that of every appended event
     */
    public DecisionContext(
            @Nullable String commandId, @Nullable String fingerprint, long minPosition, Map<String, String> metadata) {
        this.commandId = commandId;
        this.fingerprint = fingerprint;
        this.minPosition = minPosition;
        this.metadata = Map.copyOf(metadata);
    }

    static @Nullable DecisionContext in(@Nullable ProcessingContext context) {
        return context == null ? null : context.getResource(RESOURCE_KEY);
    }

    public List<Sourced> sourced() {
        return List.copyOf(sourced);
    }

    /** Payloads of the events appended, empty while there is none. */
    public List<Object> appended() {
        return appended;
    }

    /** Position of the last event appended, 0 while there is none. */
    public long lastPosition() {
        return lastPosition;
    }

    @Nullable
    String commandId() {
        return commandId;
    }

    @Nullable
    String fingerprint() {
        return fingerprint;
    }

    long minPosition() {
        return minPosition;
    }

    Map<String, String> metadata() {
        return metadata;
    }

    void recordSourced(Criteria criteria, Sourcing sourcing) {
        sourced.add(new Sourced(criteria, sourcing.marker(), sourcing.logId()));
    }

    void recordAppended(List<Object> payloads, long position) {
        appended = List.copyOf(payloads);
        lastPosition = position;
    }
}
