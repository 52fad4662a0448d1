package app.veza.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * The sending half of a connection. Two places hold bytes that the peer has not taken: the shard's queue, for what other
 * threads send, and the channel's outbound buffer; their sum is bounded, and whoever exceeds it is a slow reader.
 */
abstract class OutboundConnection extends ChannelInboundHandlerAdapter implements Connection, Member {
    private static final AtomicLongFieldUpdater<OutboundConnection> WAITING =
            AtomicLongFieldUpdater.newUpdater(OutboundConnection.class, "waiting");
    private static final AtomicIntegerFieldUpdater<OutboundConnection> SUBSCRIBED =
            AtomicIntegerFieldUpdater.newUpdater(OutboundConnection.class, "subscribed");

    /** What a waiting frame costs beside its bytes, so that many small ones are bounded too; Netty counts 96 and a header. */
    private static final int FRAME_OVERHEAD = 128;

    final Shard shard;
    final Channel channel;
    private final long id;
    private final Principal principal;

    /** Bytes in the shard's queue. */
    private volatile long waiting;

    /** On the loop: bytes of live frames that subscriptions keep back while they replay; all are written in the end. */
    private long kept;

    private volatile int subscribed;
    private volatile boolean open = true;
    private boolean dirty;
    private long unwritableSince;
    private @Nullable List<CompletableFuture<Boolean>> writableWaiters;
    private @Nullable List<TopicSubscription> subscriptions;
    private @Nullable Map<Class<?>, Object> attributes;

    OutboundConnection(long id, Principal principal, Shard shard, Channel channel) {
        this.id = id;
        this.principal = principal;
        this.shard = shard;
        this.channel = channel;
    }

    abstract void closeNow(int code, String reason);

    @Override
    public long id() {
        return id;
    }

    @Override
    public Principal principal() {
        return principal;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void send(byte[] utf8) {
        if (shard.loop.inEventLoop()) {
            write(EncodedFrame.textBytes(utf8));
        } else if (reserve(utf8.length)) {
            shard.post(new Outgoing.Text(this, utf8));
        }
    }

    @Override
    public void send(EncodedFrame frame) {
        if (shard.loop.inEventLoop()) {
            write(frame.duplicate());
        } else if (reserve(frame.size())) {
            shard.post(new Outgoing.Shared(this, frame.retain()));
        }
    }

    @Override
    public void close(int code, String reason) {
        if (!CloseCode.validOnWire(code)) {
            throw new IllegalArgumentException("Not a close code that may be sent: " + code);
        }
        onLoop(() -> closeNow(code, reason));
    }

    @Override
    public long queuedBytes() {
        return pending() + waiting;
    }

    @Override
    public CompletableFuture<Boolean> whenWritable() {
        CompletableFuture<Boolean> writable = new CompletableFuture<>();
        shard.post(new AwaitWritable(this, writable));
        return writable;
    }

    @Override
    public void pauseReading() {
        onLoop(() -> channel.config().setAutoRead(!open));
    }

    @Override
    public void resumeReading() {
        onLoop(() -> channel.config().setAutoRead(true));
    }

    @Override
    public void execute(Runnable task) {
        shard.post(task::run);
    }

    @Override
    @SuppressWarnings("unchecked")
    public synchronized <T> @Nullable T attribute(Class<T> key) {
        return attributes == null ? null : (T) attributes.get(key);
    }

    @Override
    public synchronized <T> void attribute(Class<T> key, @Nullable T value) {
        if (attributes == null) {
            attributes = new HashMap<>(4);
        }
        if (value == null) {
            attributes.remove(key);
        } else {
            attributes.put(key, value);
        }
    }

    /** Room for bytes that are to be posted; false when there is none, and the connection ends. */
    boolean reserve(int bytes) {
        if (!open) {
            return false;
        }
        int cost = bytes + FRAME_OVERHEAD;
        // Frames go from waiting to pending: read the other way round, those that move in between would count twice
        long pending = pending();
        if (pending + WAITING.addAndGet(this, cost) <= shard.config.maxQueuedBytes()) {
            return true;
        }
        WAITING.addAndGet(this, -cost);
        shard.post(this::slowReader);
        return false;
    }

    /** What was reserved has left the shard's queue. */
    void unreserve(int bytes) {
        WAITING.addAndGet(this, -(bytes + FRAME_OVERHEAD));
    }

    /** On the loop: whether one more live frame may be kept back. */
    boolean mayKeep(EncodedFrame frame) {
        return kept + frame.size() + FRAME_OVERHEAD <= shard.config.maxQueuedBytes();
    }

    void kept(EncodedFrame frame) {
        kept += frame.size() + FRAME_OVERHEAD;
    }

    void letGo(EncodedFrame frame) {
        kept -= frame.size() + FRAME_OVERHEAD;
    }

    /** On the loop: takes over the reference. Flushed with everything else of this batch. */
    void write(ByteBuf wire) {
        int size = wire.readableBytes();
        if (!open) {
            wire.release();
            return;
        }
        if (pending() + size > shard.config.highWatermark()) {
            // A batch may be larger than the bounds: what a healthy socket takes at once is not queued
            channel.flush();
            if (pending() + size > shard.config.maxQueuedBytes()) {
                wire.release();
                slowReader();
                return;
            }
        }
        channel.write(wire, channel.voidPromise());
        shard.wrote(this, size, !dirty);
        dirty = true;
    }

    void flush() {
        dirty = false;
        channel.flush();
    }

    void slowReader() {
        if (open) {
            shard.metrics.slowReaders.increment();
            closeNow(CloseCode.SLOW_READER, "slow reader");
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (!channel.isWritable()) {
            unwritableSince = System.nanoTime();
            return;
        }
        unwritableSince = 0;
        completeWaiters(true);
    }

    long unwritableFor(long now) {
        return unwritableSince == 0 ? 0 : now - unwritableSince;
    }

    /** Room for one more subscription; any thread. */
    boolean reserveSubscription() {
        if (SUBSCRIBED.incrementAndGet(this) <= shard.config.maxSubscriptions()) {
            return true;
        }
        SUBSCRIBED.decrementAndGet(this);
        return false;
    }

    void releaseSubscription() {
        SUBSCRIBED.decrementAndGet(this);
    }

    /** On the loop: those of this connection, for the topics' own use. */
    List<TopicSubscription> subscriptions() {
        if (subscriptions == null) {
            subscriptions = new ArrayList<>(4);
        }
        return subscriptions;
    }

    /** On the loop: false when it was closed before. */
    boolean markClosed() {
        if (!open) {
            return false;
        }
        open = false;
        if (subscriptions != null) {
            shard.topics.endAll(subscriptions);
            subscriptions = null;
        }
        completeWaiters(false);
        return true;
    }

    private void completeWaiters(boolean writable) {
        List<CompletableFuture<Boolean>> waiters = writableWaiters;
        if (waiters != null) {
            writableWaiters = null;
            waiters.forEach(waiter -> waiter.complete(writable));
        }
    }

    private void onLoop(LoopTask task) {
        if (shard.loop.inEventLoop()) {
            task.run();
        } else {
            shard.post(task);
        }
    }

    private long pending() {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes();
    }

    @Override
    public String toString() {
        return "connection " + id;
    }

    private record AwaitWritable(OutboundConnection connection, CompletableFuture<Boolean> writable)
            implements LoopTask {
        @Override
        public void run() {
            if (!connection.open || connection.channel.isWritable()) {
                writable.complete(connection.open);
                return;
            }
            if (connection.writableWaiters == null) {
                connection.writableWaiters = new ArrayList<>(1);
            }
            connection.writableWaiters.add(writable);
        }

        @Override
        public void discard() {
            writable.complete(false);
        }
    }
}
