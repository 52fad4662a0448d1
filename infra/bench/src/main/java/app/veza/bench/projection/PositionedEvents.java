package app.veza.bench.projection;

import app.veza.eventstore.axon.JetStreamEventStorageEngine;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.axonframework.messaging.core.MessageStream;
import org.axonframework.messaging.core.unitofwork.ProcessingContext;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.processing.streaming.token.TrackingToken;
import org.axonframework.messaging.eventstreaming.StreamableEventSource;
import org.axonframework.messaging.eventstreaming.StreamingCondition;
import org.jspecify.annotations.Nullable;

/** Axon tells handlers the token of the batch's last event only; rows need each event's own position. */
record PositionedEvents(JetStreamEventStorageEngine engine) implements StreamableEventSource {

    private static final String POSITION = "position";

    static long positionOf(EventMessage event) {
        return Long.parseLong(event.metadata().get(POSITION));
    }

    @Override
    public MessageStream<EventMessage> open(StreamingCondition condition, @Nullable ProcessingContext context) {
        return engine.stream(condition, context)
                .map(entry -> entry.map(event -> event.andMetadata(Map.of(
                        POSITION,
                        Long.toString(TrackingToken.fromContext(entry)
                                .orElseThrow()
                                .position()
                                .orElseThrow())))));
    }

    @Override
    public CompletableFuture<TrackingToken> firstToken(@Nullable ProcessingContext context) {
        return engine.firstToken(context);
    }

    @Override
    public CompletableFuture<TrackingToken> latestToken(@Nullable ProcessingContext context) {
        return engine.latestToken(context);
    }

    @Override
    public CompletableFuture<TrackingToken> tokenAt(Instant at, @Nullable ProcessingContext context) {
        return engine.tokenAt(at, context);
    }
}
