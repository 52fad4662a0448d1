package app.veza.projectionengine;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A log whose reader falls asleep with what it read in its hands, as a process does that is stopped or swapped out; and which
 * may become another one meanwhile.
 */
final class PausableLog implements EventLog {
    private volatile EventLog log;
    private volatile long pauseFrom = Long.MAX_VALUE;
    private volatile boolean cutOff;
    private final AtomicInteger asked = new AtomicInteger();
    private final CountDownLatch paused = new CountDownLatch(1);
    private final CountDownLatch resumed = new CountDownLatch(1);

    PausableLog(EventLog log) {
        this.log = log;
    }

    /** As when it is restored while it is read. */
    void become(EventLog other) {
        log = other;
    }

    /** As a node that cannot reach where the log lies: what it has read it can read. */
    void cutOff() {
        cutOff = true;
    }

    void mend() {
        cutOff = false;
    }

    /** How often it was asked whether all that there is was read. */
    int asked() {
        return asked.get();
    }

    void pauseFrom(long position) {
        pauseFrom = position;
    }

    void awaitPaused() throws InterruptedException {
        paused.await();
    }

    void resume() {
        pauseFrom = Long.MAX_VALUE;
        resumed.countDown();
    }

    @Override
    public List<? extends LoggedEvent> read(long after, int maxEvents) {
        List<? extends LoggedEvent> events = log.read(after, maxEvents);
        if (after >= pauseFrom && !events.isEmpty()) {
            paused.countDown();
            try {
                resumed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        return events;
    }

    @Override
    public String logId() {
        return log.logId();
    }

    @Override
    public long head() {
        return log.head();
    }

    @Override
    public boolean awaitPast(long position, Duration atMost) throws InterruptedException {
        return log.awaitPast(position, atMost);
    }

    @Override
    public boolean isCaughtUp() {
        asked.incrementAndGet();
        return !cutOff && log.isCaughtUp();
    }

    @Override
    public Optional<byte[]> chainHash(long position) {
        return log.chainHash(position);
    }

    @Override
    public void disown(String logId, long position, byte[] chainHash) {
        log.disown(logId, position, chainHash);
    }
}
