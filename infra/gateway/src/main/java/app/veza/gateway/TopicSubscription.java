package app.veza.gateway;

import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A subscription as its loop knows it. What other threads ask arrives through the shard's queue, in one order with the
 * frames published meanwhile; that order is what makes joining history and live frames safe without a lock.
 */
final class TopicSubscription implements Subscription {
    private enum State {
        REPLAYING,
        LIVE,
        ENDED
    }

    private record Held(long position, EncodedFrame frame) {}

    private final String topic;
    private final OutboundConnection connection;
    private final long admittedAt;
    private State state = State.REPLAYING;
    private long last;
    private volatile long required;
    private volatile boolean bounded;
    /** For those who replay, on other threads. */
    private volatile boolean ended;

    private @Nullable ArrayDeque<Held> held;
    /** What one that was ended while it replayed is told when it asks to be live. */
    private byte @Nullable [] untold;

    private int index = -1;

    TopicSubscription(String topic, OutboundConnection connection, long after, long admittedAt) {
        this.topic = topic;
        this.connection = connection;
        this.admittedAt = admittedAt;
        this.last = after;
        this.required = after;
    }

    @Override
    public String topic() {
        return topic;
    }

    @Override
    public OutboundConnection connection() {
        return connection;
    }

    @Override
    public long replayThrough() {
        return required;
    }

    @Override
    public boolean replay(long position, byte[] utf8) {
        if (!ended && connection.reserve(utf8.length)) {
            connection.shard.post(new Replayed(this, position, utf8));
        }
        return !ended;
    }

    @Override
    public CompletableFuture<Joined> live(long position) {
        CompletableFuture<Joined> joined = new CompletableFuture<>();
        connection.shard.post(new Join(this, position, joined));
        return joined;
    }

    @Override
    public void unsubscribe() {
        connection.shard.post(() -> connection.shard.topics.end(this));
    }

    @Override
    public void unsubscribe(byte[] utf8) {
        if (connection.reserve(utf8.length)) {
            connection.shard.post(new Last(this, utf8));
        }
    }

    long admittedAt() {
        return admittedAt;
    }

    /** On the loop. */
    boolean isLive() {
        return state == State.LIVE;
    }

    /** Before it is handed out: frames through {@code position} were published before it was registered. */
    void requireThrough(long position) {
        required = Math.max(required, position);
    }

    /**
     * Live frames kept back are bounded from now on. Not before: one that is about to be live at once, with nothing to
     * replay, has no history to fall back on.
     */
    void boundBuffer() {
        bounded = true;
    }

    /** On the loop: a live frame. */
    void deliver(long position, EncodedFrame frame) {
        if (position <= last) {
            return;
        }
        if (state == State.LIVE) {
            last = position;
            connection.write(frame.duplicate());
        } else if (state == State.REPLAYING) {
            hold(position, frame);
        }
    }

    /** On the loop: a frame without a position. */
    void signal(EncodedFrame frame) {
        if (isLive()) {
            connection.write(frame.duplicate());
        }
    }

    /** On the loop, before it is ended by others: the last frame. */
    void last(byte[] utf8) {
        if (isLive()) {
            connection.write(EncodedFrame.textBytes(utf8));
        } else {
            untold = utf8;
        }
    }

    private void hold(long position, EncodedFrame frame) {
        if (held == null) {
            held = new ArrayDeque<>();
        }
        boolean hasRoom = held.size() < connection.shard.config.replayBufferFrames() && connection.mayKeep(frame);
        if (!bounded || hasRoom) {
            connection.kept(frame);
            held.add(new Held(position, frame.retain()));
        } else {
            // All of them are in history by now: the replay has to come further, memory stays bounded
            release();
            required = position;
        }
    }

    private Joined join(long through) {
        if (untold != null) {
            connection.write(EncodedFrame.textBytes(untold));
            untold = null;
        }
        if (state != State.REPLAYING) {
            return state == State.LIVE ? Joined.LIVE : Joined.ENDED;
        }
        if (through < required) {
            return Joined.BEHIND;
        }
        state = State.LIVE;
        last = Math.max(last, through);
        ArrayDeque<Held> waiting = held;
        held = null;
        while (waiting != null && !waiting.isEmpty()) {
            Held next = waiting.poll();
            deliver(next.position(), next.frame());
            letGo(next);
        }
        return state == State.LIVE ? Joined.LIVE : Joined.ENDED;
    }

    /** On the loop: nothing is delivered any more. False when it had ended before. */
    boolean end() {
        if (state == State.ENDED) {
            return false;
        }
        state = State.ENDED;
        ended = true;
        release();
        connection.releaseSubscription();
        return true;
    }

    private void release() {
        if (held != null) {
            held.forEach(this::letGo);
            held = null;
        }
    }

    private void letGo(Held kept) {
        connection.letGo(kept.frame());
        kept.frame().release();
    }

    int index() {
        return index;
    }

    void index(int place) {
        index = place;
    }

    private record Replayed(TopicSubscription subscription, long position, byte[] utf8) implements LoopTask {
        @Override
        public void run() {
            subscription.connection.unreserve(utf8.length);
            if (subscription.state == State.REPLAYING && position > subscription.last) {
                subscription.last = position;
                subscription.connection.write(EncodedFrame.textBytes(utf8));
            }
        }
    }

    private record Last(TopicSubscription subscription, byte[] utf8) implements LoopTask {
        @Override
        public void run() {
            OutboundConnection connection = subscription.connection;
            connection.unreserve(utf8.length);
            if (subscription.state != State.ENDED) {
                connection.write(EncodedFrame.textBytes(utf8));
                connection.shard.topics.end(subscription);
            }
        }
    }

    private record Join(TopicSubscription subscription, long through, CompletableFuture<Joined> joined)
            implements LoopTask {
        @Override
        public void run() {
            joined.complete(subscription.join(through));
        }

        @Override
        public void discard() {
            joined.complete(Joined.ENDED);
        }
    }
}
