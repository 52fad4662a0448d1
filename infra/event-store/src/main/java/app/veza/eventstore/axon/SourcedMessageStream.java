package app.veza.eventstore.axon;

import app.veza.eventstore.Sourcing;
import java.util.Optional;
import org.axonframework.eventsourcing.eventstore.ConsistencyMarker;
import org.axonframework.messaging.core.Context;
import org.axonframework.messaging.core.MessageStream;
import org.axonframework.messaging.core.SimpleEntry;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.TerminalEventMessage;
import org.jspecify.annotations.Nullable;

/**
 * The events of a snapshot, decoded as they are taken, and after them one entry without an event that carries the
 * snapshot's marker. Everything is there from the start, so its callback is called at once and never again.
 */
final class SourcedMessageStream implements MessageStream<EventMessage> {

    private final Sourcing sourcing;
    private final EventMessages messages;
    private @Nullable Entry<EventMessage> ahead;
    private @Nullable Throwable failure;
    private boolean ended;

    SourcedMessageStream(Sourcing sourcing, EventMessages messages) {
        this.sourcing = sourcing;
        this.messages = messages;
    }

    @Override
    public Optional<Entry<EventMessage>> next() {
        Optional<Entry<EventMessage>> next = peek();
        ahead = null;
        return next;
    }

    @Override
    public Optional<Entry<EventMessage>> peek() {
        if (ahead == null && !ended) {
            ahead = take();
        }
        return Optional.ofNullable(ahead);
    }

    private @Nullable Entry<EventMessage> take() {
        try {
            if (sourcing.hasNext()) {
                return messages.toAxon(sourcing.next(), sourcing.logId());
            }
            ended = true;
            return new SimpleEntry<>(
                    TerminalEventMessage.INSTANCE,
                    Context.with(ConsistencyMarker.RESOURCE_KEY, new LogMarker(sourcing.logId(), sourcing.marker())));
        } catch (RuntimeException e) {
            ended = true;
            failure = e;
            return null;
        }
    }

    @Override
    public void setCallback(Runnable callback) {
        callback.run();
    }

    @Override
    public Optional<Throwable> error() {
        return Optional.ofNullable(failure);
    }

    @Override
    public boolean isCompleted() {
        return ended && ahead == null;
    }

    @Override
    public boolean hasNextAvailable() {
        return peek().isPresent();
    }

    @Override
    public void close() {
        ended = true;
        ahead = null;
    }
}
