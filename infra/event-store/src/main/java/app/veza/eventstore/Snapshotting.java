package app.veza.eventstore;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stores a snapshot of the index when enough events came since the newest one. */
final class Snapshotting implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Snapshotting.class);

    private final EventLog log;
    private final IndexFeed feed;
    private final IndexSnapshots snapshots;
    private final SnapshotPolicy policy;
    private final LogMetrics metrics;
    private final Thread thread;

    Snapshotting(EventLog log, IndexFeed feed, IndexSnapshots snapshots, SnapshotPolicy policy, LogMetrics metrics) {
        this.log = log;
        this.feed = feed;
        this.snapshots = snapshots;
        this.policy = policy;
        this.metrics = metrics;
        this.thread = Thread.ofPlatform().daemon().name("event-log-snapshots").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            while (true) {
                Thread.sleep(policy.every());
                takeIfDue();
            }
        } catch (InterruptedException closed) {
            LOG.debug("No more snapshots of the index");
        }
    }

    private void takeIfDue() {
        try {
            long indexed = log.indexedPosition();
            if (indexed >= policy.leastEvents()
                    && indexed - snapshots.newestPosition(log.logId()) >= policy.leastEvents()) {
                take();
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("No snapshot of the index could be stored; it is tried again in {}", policy.every(), e);
        }
    }

    synchronized IndexSnapshot take() throws IOException {
        IndexSnapshot snapshot = snapshots.store(feed.copyTo(snapshots.emptyWorkplace()));
        metrics.snapshots.increment();
        LOG.info("Stored a snapshot of the index: position {}, {} bytes", snapshot.position(), snapshot.bytes());
        return snapshot;
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
