package app.veza.bench;

import app.veza.eventstore.NewEvent;
import io.nats.client.Connection;
import io.nats.client.JetStream;
import io.nats.client.impl.Headers;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/**
 * The yardstick: the client's own pipelined publish of messages as the event store makes them, with as many headers of the
 * same length and a payload of its own each, but with no condition, no order to keep and nothing to look up.
 */
final class RawPublisher {

    private final JetStream jetStream;
    private final String subject;
    private final Headers template;
    private final int inFlight;
    private final AtomicLong refused = new AtomicLong();

    /** @param stored headers of a message that the event store wrote */
    RawPublisher(Connection nats, String subject, Headers stored, int inFlight) throws IOException {
        this.jetStream = nats.jetStream();
        this.subject = subject;
        this.template = stored;
        this.inFlight = inFlight;
    }

    /** Messages a second. */
    double publishFor(Duration time, LongFunction<NewEvent> events) throws InterruptedException {
        var room = new Semaphore(inFlight);
        long start = System.nanoTime();
        long published = 0;
        while (System.nanoTime() - start < time.toNanos()) {
            room.acquire();
            NewEvent event = events.apply(published++);
            String name = subject + ".chat.room." + event.tags().getFirst().value();
            jetStream.publishAsync(name, headers(event), event.payload()).whenComplete((ack, failure) -> {
                if (failure != null) {
                    refused.incrementAndGet();
                }
                room.release();
            });
        }
        room.acquire(inFlight);
        if (refused.get() > 0) {
            throw new IllegalStateException("The server refused %d raw publishes".formatted(refused.get()));
        }
        return published * 1e9 / (System.nanoTime() - start);
    }

    private Headers headers(NewEvent event) {
        var headers = new Headers();
        template.forEach((name, values) -> {
            if (!name.startsWith("Nats-")) {
                headers.put(name, name.equals("ce-id") ? event.id() : values.getFirst());
            }
        });
        return headers;
    }
}
