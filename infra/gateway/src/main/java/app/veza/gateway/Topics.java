package app.veza.gateway;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * Fan-out. A publish encodes its frame once and posts it once to each loop that has subscribers of the topic.
 *
 * <p>Positions are those of one totally ordered feed that all topics share. A frame must be readable as history before it
 * is published, and a topic's frames are published in ascending order; different topics may be published by different
 * threads. A subscriber of {@code (topic, after)} then gets each of the topic's frames after that position once and in
 * order, provided that history is replayed as {@link Subscription} says.
 *
 * <p>Why that holds: publishing notes the position first and looks for interest second; subscribing registers interest
 * first and reads the noted position second. So whatever is published later finds the subscriber, and whatever may have
 * missed it lies at or below {@link Subscription#replayThrough}.
 */
public final class Topics {
    private static final long WAIT_NANOS = 50_000;

    private final List<Shard> shards;
    private final Interests interests;
    private final AtomicLong published = new AtomicLong(0);
    private final Counter droppedSignals;

    Topics(List<Shard> shards, MeterRegistry registry) {
        this.shards = shards;
        this.interests = new Interests(shards.size());
        shards.forEach(shard -> shard.topics.interests(interests));
        droppedSignals = registry.counter("gateway.signals.dropped");
        Gauge.builder("gateway.topics", interests, Interests::topics).register(registry);
        Gauge.builder(
                        "gateway.queue",
                        shards,
                        all -> all.stream().mapToInt(Shard::queued).sum())
                .description("Frames and tasks waiting for the event loops")
                .register(registry);
    }

    /**
     * Publishes a frame of the feed. Waits while a loop that has subscribers is far behind, so that memory stays bounded;
     * never when called on an event loop.
     *
     * @return false when the topic had this position, or a later one, before: nothing is sent
     */
    public boolean publish(String topic, long position, byte[] utf8) {
        long now = System.nanoTime();
        advance(position);
        Interest interest = interests.of(topic);
        if (interest == null) {
            return true;
        }
        awaitRoom(interest.mask());
        EncodedFrame frame = EncodedFrame.text(utf8);
        try {
            // Short, and no loop waits for it: two publishers of one topic must reach every loop in one order
            synchronized (interest) {
                if (!interest.advanceTo(position)) {
                    return false;
                }
                for (long mask = interest.mask(); mask != 0; mask &= mask - 1) {
                    Shard shard = shards.get(Long.numberOfTrailingZeros(mask));
                    shard.post(new Deliver(shard, topic, position, frame.retain(), now));
                }
            }
        } finally {
            frame.release();
        }
        return true;
    }

    /** Sends a frame that is no history to whoever is live now; a loop that is far behind drops it. */
    public void signal(String topic, byte[] utf8) {
        long now = System.nanoTime();
        Interest interest = interests.of(topic);
        if (interest == null) {
            return;
        }
        EncodedFrame frame = EncodedFrame.text(utf8);
        for (long mask = interest.mask(); mask != 0; mask &= mask - 1) {
            Shard shard = shards.get(Long.numberOfTrailingZeros(mask));
            if (shard.queued() > Shard.QUEUE_BOUND) {
                droppedSignals.increment();
            } else {
                shard.post(new Signal(shard, topic, frame.retain(), now));
            }
        }
        frame.release();
    }

    /** The feed has come to {@code position}, whether or not a frame was published there. */
    public void advance(long position) {
        published.accumulateAndGet(position, Math::max);
    }

    /**
     * The feed was replaced by another one, which has come to {@code position}. Close the connections then: what they were
     * sent, and where their subscriptions are, is of the feed that was.
     */
    public void restart(long position) {
        interests.restart();
        published.set(position);
    }

    /** The highest position that was published or passed. */
    public long position() {
        return published.get();
    }

    /** Whether anybody on this node subscribes: what need not be encoded need not be read. */
    public boolean hasSubscribers(String topic) {
        return interests.of(topic) != null;
    }

    public int subscribers(String topic) {
        Interest interest = interests.of(topic);
        return interest == null ? 0 : interest.subscribers();
    }

    /**
     * Subscribes from now on: live at once, {@link Subscription#replayThrough} is the position where it begins. A
     * subscription of the same connection to the same topic is replaced.
     *
     * @throws TooManySubscriptionsException above the connection's limit
     */
    public Subscription subscribe(String topic, Connection connection) {
        TopicSubscription subscription = register(topic, connection, Long.MIN_VALUE, Long.MIN_VALUE);
        subscription.live(subscription.replayThrough());
        return subscription;
    }

    /**
     * Subscribes to every frame after {@code after}: replaying, or live at once when the feed has not passed it.
     *
     * @throws TooManySubscriptionsException above the connection's limit
     */
    public Subscription subscribe(String topic, Connection connection, long after) {
        return subscribe(topic, connection, after, Long.MIN_VALUE);
    }

    /**
     * The same, for a principal who is known to be allowed to.
     *
     * @param admittedAt position of the feed up to which that is known: see {@link #unsubscribe(String, long, Predicate, byte[])}
     * @throws TooManySubscriptionsException above the connection's limit
     */
    public Subscription subscribe(String topic, Connection connection, long after, long admittedAt) {
        TopicSubscription subscription = register(topic, connection, after, admittedAt);
        if (subscription.replayThrough() <= after) {
            subscription.live(after);
        } else {
            subscription.boundBuffer();
        }
        return subscription;
    }

    public void unsubscribe(String topic, Connection connection) {
        OutboundConnection own = (OutboundConnection) connection;
        own.shard.post(() -> own.shard.topics.end(topic, own));
    }

    /**
     * Ends the subscriptions that these principals had when they were shut out: frames that the calling thread publishes later
     * do not reach them.
     *
     * @param position of what shut them out, in the feed: who was admitted at or after it has come back since
     * @param last sent to each of them; to one that still replays, when it asks to be live
     */
    public void unsubscribe(String topic, long position, Predicate<Principal> who, byte[] last) {
        end(
                topic,
                subscription -> subscription.admittedAt() < position
                        && who.test(subscription.connection().principal()),
                last);
    }

    /**
     * Nothing follows in this topic: ends the subscriptions that are live. One that still replays is not cut short: who
     * replays ends it by {@link Subscription#unsubscribe(byte[])} once it is live.
     *
     * @param last sent to each of them
     */
    public void close(String topic, byte[] last) {
        end(topic, TopicSubscription::isLive, last);
    }

    private void end(String topic, Predicate<TopicSubscription> which, byte[] last) {
        Interest interest = interests.of(topic);
        if (interest == null) {
            return;
        }
        for (long mask = interest.mask(); mask != 0; mask &= mask - 1) {
            Shard shard = shards.get(Long.numberOfTrailingZeros(mask));
            shard.post(() -> shard.topics.end(topic, which, last));
        }
    }

    private TopicSubscription register(String topic, Connection connection, long after, long admittedAt) {
        OutboundConnection own = (OutboundConnection) connection;
        if (!own.reserveSubscription()) {
            throw new TooManySubscriptionsException(own.shard.config.maxSubscriptions());
        }
        TopicSubscription subscription = new TopicSubscription(topic, own, after, admittedAt);
        // The order of these three is what the class comment relies on
        interests.acquire(topic, own.shard);
        own.shard.post(() -> own.shard.topics.add(subscription));
        subscription.requireThrough(published.get());
        return subscription;
    }

    private void awaitRoom(long mask) {
        if (shards.stream().anyMatch(shard -> shard.loop.inEventLoop())) {
            return;
        }
        for (long rest = mask; rest != 0; rest &= rest - 1) {
            Shard shard = shards.get(Long.numberOfTrailingZeros(rest));
            while (shard.queued() > Shard.QUEUE_BOUND && !shard.ended()) {
                LockSupport.parkNanos(WAIT_NANOS);
            }
        }
    }

    private record Deliver(Shard shard, String topic, long position, EncodedFrame frame, long publishedAt)
            implements LoopTask {
        @Override
        public void run() {
            shard.topics.deliver(topic, position, frame);
            shard.fanOutOf(publishedAt);
            frame.release();
        }

        @Override
        public void discard() {
            frame.release();
        }
    }

    private record Signal(Shard shard, String topic, EncodedFrame frame, long publishedAt) implements LoopTask {
        @Override
        public void run() {
            shard.topics.signal(topic, frame);
            shard.fanOutOf(publishedAt);
            frame.release();
        }

        @Override
        public void discard() {
            frame.release();
        }
    }
}
