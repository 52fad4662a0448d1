package app.veza.bench;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The yardstick: publishes one message again and again, pipelined, and counts acknowledgements as they come, with no future,
 * no retry and no condition; nothing that publishes through this client can do less.
 */
final class RawPublisher {

    private final Connection nats;
    private final String subject;
    private final Headers headers = new Headers();
    private final byte[] data;
    private final int inFlight;
    private final Semaphore room;
    private final AtomicLong refused = new AtomicLong();
    private final String inbox;

    RawPublisher(Connection nats, String subject, Message template, int inFlight) {
        this.nats = nats;
        this.subject = subject;
        this.data = template.getData();
        this.inFlight = inFlight;
        this.room = new Semaphore(inFlight);
        this.inbox = nats.createInbox();
        template.getHeaders().entrySet().stream()
                .filter(header -> !header.getKey().startsWith("Nats-"))
                .forEach(header -> headers.add(header.getKey(), header.getValue()));
        Dispatcher acknowledgements = nats.createDispatcher(ack -> {
            if (new String(ack.getData(), StandardCharsets.UTF_8).contains("\"error\"")) {
                refused.incrementAndGet();
            }
            room.release();
        });
        acknowledgements.subscribe(inbox);
    }

    /** Messages a second. */
    double publishFor(Duration time) throws InterruptedException {
        long start = System.nanoTime();
        long published = 0;
        while (System.nanoTime() - start < time.toNanos()) {
            room.acquire();
            nats.publish(subject, inbox, headers, data);
            published++;
        }
        room.acquire(inFlight);
        room.release(inFlight);
        if (refused.get() > 0) {
            throw new IllegalStateException("The server refused %d raw publishes".formatted(refused.get()));
        }
        return published * 1e9 / (System.nanoTime() - start);
    }
}
