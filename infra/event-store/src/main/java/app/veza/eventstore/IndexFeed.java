package app.veza.eventstore;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what is settled into the index, in batches, on a thread of its own, and tells whoever waits. */
final class IndexFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IndexFeed.class);
    private static final int LARGEST_BATCH = 256;

    private record Settled(StoredAppend append, String logId, int life) {}

    private final LogIndex index;
    private final @Nullable IndexSnapshots snapshots;
    private final long leastEvents;
    private final long mostBytes;
    private final LinkedBlockingQueue<Settled> queue = new LinkedBlockingQueue<>();
    private final AtomicLong queuedBytes = new AtomicLong();
    private final List<LongConsumer> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition advanced = lock.newCondition();
    private final Object writing = new Object();
    private final Thread thread;
    private volatile @Nullable IndexException failure;
    private volatile long lastAdded;
    /** How often the index was emptied or went back: what was added before belongs to a former life. */
    private volatile int life;

    private boolean restored;
    private volatile boolean closing;

    /**
     * @param leastEvents a shorter log is read rather than a snapshot looked for
     * @param mostBytes of appends that wait for being written, before it is behind
     */
    IndexFeed(LogIndex index, @Nullable IndexSnapshots snapshots, long leastEvents, long mostBytes, String streamName) {
        this.mostBytes = mostBytes;
        this.index = index;
        this.snapshots = snapshots;
        this.leastEvents = leastEvents;
        this.thread = Thread.ofPlatform()
                .daemon()
                .name("event-log-index-" + streamName)
                .start(this::run);
    }

    void add(StoredAppend append, String logId) {
        lastAdded = append.lastPosition();
        queuedBytes.addAndGet(append.append().bytes());
        queue.add(new Settled(append, logId, life));
    }

    /** Whether so many appends wait for being written, or too many bytes: whoever adds to them is to wait. */
    boolean isBehind(int appends) {
        return queue.size() > appends || queuedBytes.get() > mostBytes;
    }

    boolean failed() {
        return failure != null || index.damaged();
    }

    private void run() {
        List<Settled> batch = new ArrayList<>();
        try {
            while (take(batch) || !closing) {
                if (!batch.isEmpty()) {
                    write(batch);
                    batch.forEach(written ->
                            queuedBytes.addAndGet(-written.append.append().bytes()));
                    batch.clear();
                    tell();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns whether there was anything, waiting for it a little. */
    private boolean take(List<Settled> batch) throws InterruptedException {
        Settled first = queue.poll(100, TimeUnit.MILLISECONDS);
        if (first == null) {
            return false;
        }
        batch.add(first);
        queue.drainTo(batch, LARGEST_BATCH - 1);
        return true;
    }

    /** Whatever it fails with is a failure of the index: a thread that ended here would leave all appends waiting, on every node. */
    private void write(List<Settled> batch) {
        synchronized (writing) {
            List<StoredAppend> appends = batch.stream()
                    .filter(settled -> settled.life == life)
                    .map(Settled::append)
                    .toList();
            if (failure != null || appends.isEmpty()) {
                return;
            }
            try {
                index.write(appends, batch.getLast().logId());
            } catch (IndexException e) {
                failed(e);
            } catch (RuntimeException | Error e) {
                failed(new IndexException("the index cannot be written", e));
            }
        }
    }

    private void failed(IndexException fault) {
        LOG.error("The index cannot be written", fault);
        failure = fault;
    }

    /** Empties the index; the log is to be added again from its start. */
    void reset() {
        synchronized (writing) {
            life++;
            forgetQueued();
            index.reset();
            lastAdded = 0;
            failure = null;
        }
    }

    /**
     * After a fault that damaged nothing, as of a disk that was full for a moment: what the index has lost is to be added again.
     *
     * @return how far it reaches now; empty when that is nowhere
     */
    Optional<Checkpoint> reopen() {
        synchronized (writing) {
            life++;
            forgetQueued();
            index.reopen();
            lastAdded = index.indexedPosition();
            failure = null;
            return index.checkpoint();
        }
    }

    private void forgetQueued() {
        for (Settled settled = queue.poll(); settled != null; settled = queue.poll()) {
            queuedBytes.addAndGet(-settled.append.append().bytes());
        }
    }

    /** Reading a short log takes less than asking a storage. */
    boolean isWorthASnapshot(long lastSequence) {
        return lastSequence >= leastEvents;
    }

    /**
     * Takes a snapshot of this log's index in place of the empty one, once in the life of a process: if what it gave turns out
     * to be damaged, it would be again.
     *
     * @return how far the index reaches now; empty when there is no snapshot that can be used
     */
    Optional<Checkpoint> restore(String logId) {
        if (snapshots == null || restored) {
            return Optional.empty();
        }
        Optional<IndexSnapshot> fetched = snapshots.fetch(logId, index.largestSnapshot());
        if (fetched.isEmpty()) {
            return Optional.empty();
        }
        restored = true;
        IndexSnapshot snapshot = fetched.get();
        synchronized (writing) {
            try {
                life++;
                forgetQueued();
                index.replace(snapshots.workplace());
                Optional<Checkpoint> reached = index.checkpoint().filter(snapshot::isOf);
                if (reached.isPresent()) {
                    LOG.info("The index begins with a snapshot that reaches position {}", snapshot.position());
                    failure = null;
                    lastAdded = snapshot.position();
                    return reached;
                }
                LOG.warn("The snapshot at position {} does not hold what it says", snapshot.position());
            } catch (IndexException e) {
                LOG.warn("The snapshot at position {} cannot be opened", snapshot.position(), e);
            }
            reset();
            return Optional.empty();
        }
    }

    /** Copies the index as it stands between two batches. */
    Checkpoint copyTo(Path directory) {
        synchronized (writing) {
            return index.copyTo(directory);
        }
    }

    private void tell() {
        lock.lock();
        try {
            advanced.signalAll();
        } finally {
            lock.unlock();
        }
        long position = index.indexedPosition();
        for (LongConsumer listener : listeners) {
            try {
                listener.accept(position);
            } catch (RuntimeException | Error e) {
                LOG.error("A listener of the index failed at position {}", position, e);
            }
        }
    }

    AutoCloseable listen(LongConsumer listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    boolean await(long position, Duration atMost) throws InterruptedException {
        if (index.indexedPosition() >= position) {
            return true;
        }
        long nanos = atMost.toNanos();
        lock.lockInterruptibly();
        try {
            while (index.indexedPosition() < position) {
                if (nanos <= 0 || closing) {
                    return false;
                }
                nanos = advanced.awaitNanos(nanos);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until everything that was added is written. @throws IndexException when it cannot be */
    void drain() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (index.indexedPosition() < lastAdded && failure == null && thread.isAlive()) {
                advanced.awaitNanos(10_000_000);
            }
        } finally {
            lock.unlock();
        }
        IndexException failed = failure;
        if (failed != null) {
            throw failed;
        }
        if (index.indexedPosition() < lastAdded) {
            throw new IndexException("nobody writes the index any more", null);
        }
    }

    @Override
    public void close() {
        closing = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        tell();
    }
}
