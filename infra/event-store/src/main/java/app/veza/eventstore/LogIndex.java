package app.veza.eventstore;

import app.veza.eventstore.EncodedAppend.EncodedEvent;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Status;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The local index of a log. Written by one thread, read by any. */
final class LogIndex implements AutoCloseable {
    static {
        RocksDB.loadLibrary();
    }

    private static final Logger LOG = LoggerFactory.getLogger(LogIndex.class);
    private static final byte[] NOTHING = {};

    private final EventLogConfig config;
    /** Native memory is freed under the write lock only: a reader that met freed memory would take the process with it. */
    private final ReentrantReadWriteLock lifecycle = new ReentrantReadWriteLock();

    private final WriteOptions unlogged = new WriteOptions().setDisableWAL(true);
    private final IndexBatch batch = new IndexBatch();
    private @Nullable IndexFiles files;
    private long logClock = Long.MIN_VALUE;
    private volatile long indexed;
    private volatile int generation;

    LogIndex(EventLogConfig config) {
        this.config = config;
        openFiles();
    }

    private void openFiles() {
        try {
            IndexFiles opened = IndexFiles.open(config);
            if (opened.isForeign()) {
                LOG.warn("The index in {} has another layout and is built anew from the log", config.indexDirectory());
                opened.close();
                IndexFiles.delete(config.indexDirectory());
                openNewFiles();
            } else {
                open(opened);
            }
        } catch (RocksDBException e) {
            if (e.getStatus() == null || e.getStatus().getCode() != Status.Code.Corruption) {
                throw new IndexException("cannot open the index in " + config.indexDirectory(), e);
            }
            LOG.error("The index in {} is damaged and is built anew from the log", config.indexDirectory(), e);
            IndexFiles.delete(config.indexDirectory());
            openNewFiles();
        }
    }

    private void openNewFiles() {
        try {
            open(IndexFiles.open(config));
        } catch (RocksDBException e) {
            throw new IndexException("cannot create an index in " + config.indexDirectory(), e);
        }
    }

    private void open(IndexFiles opened) {
        files = opened;
        indexed = checkpoint().map(c -> c.point().position()).orElse(0L);
        logClock = reading(f -> {
            try (RocksIterator times = f.db().newIterator()) {
                times.seekForPrev(IndexKeys.after(new byte[] {'m'}));
                return times.isValid() && times.key()[0] == 'm' ? IndexKeys.millisOf(times.key()) : Long.MIN_VALUE;
            }
        });
    }

    long indexedPosition() {
        return indexed;
    }

    /** Changes when the index was emptied: what was found before says nothing any more. */
    int generation() {
        return generation;
    }

    Optional<Checkpoint> checkpoint() {
        return reading(
                f -> Optional.ofNullable(f.db().get(IndexKeys.CHECKPOINT)).map(Checkpoint::decode));
    }

    /** All of the appends or none, with the checkpoint. */
    void write(List<StoredAppend> appends, String logId) {
        reading(f -> {
            batch.clear();
            for (StoredAppend append : appends) {
                add(append, f);
            }
            batch.put(
                    IndexKeys.CHECKPOINT,
                    new Checkpoint(logId, appends.getLast().point()).encode());
            try (WriteBatch nativeBatch = new WriteBatch(batch.finish())) {
                f.db().write(unlogged, nativeBatch);
            }
            return true;
        });
        indexed = appends.getLast().lastPosition();
    }

    private void add(StoredAppend stored, IndexFiles f) {
        int eventsFamily = f.events().getID();
        long position = stored.firstPosition();
        byte[] prefix = ByteBuffer.allocate(EventRecord.PREFIX)
                .putLong(stored.sequence())
                .put(stored.chainHash())
                .array();
        for (EncodedEvent event : stored.append().events()) {
            batch.put(eventsFamily, IndexKeys.position(position), prefix, event.record());
            batch.put(IndexKeys.withPosition(IndexKeys.type(event.type()), position), NOTHING);
            for (Tag tag : event.tags()) {
                batch.put(IndexKeys.withPosition(IndexKeys.tagAndType(tag, event.type()), position), NOTHING);
            }
            if (event.timestampMillis() > logClock) {
                logClock = event.timestampMillis();
                batch.put(IndexKeys.millis(logClock), IndexKeys.position(position));
            }
            position++;
        }
        String commandId = stored.append().commandId();
        if (commandId != null) {
            batch.put(
                    f.commands().getID(),
                    IndexKeys.command(commandId),
                    NOTHING,
                    RecordedCommand.of(stored).encode());
        }
    }

    /** The append that a command id made, for all time. */
    Optional<RecordedCommand> command(String commandId) {
        return reading(f -> Optional.ofNullable(f.db().get(f.commands(), IndexKeys.command(commandId)))
                .map(RecordedCommand::decode));
    }

    /** The first matching position in (after, upTo], or 0. */
    long firstMatch(Criteria criteria, long after, long upTo) {
        if (after >= upTo) {
            return 0;
        }
        List<Long> found = matches(criteria, after, upTo, 1);
        return found.isEmpty() ? 0 : found.getFirst();
    }

    /** At most so many matching positions in (after, upTo], ascending. */
    List<Long> matches(Criteria criteria, long after, long upTo, int limit) {
        return reading(f -> {
            List<Long> found = new ArrayList<>();
            try (Postings postings = new IndexSearch(f.db()).matching(criteria)) {
                long position = postings.seek(after + 1);
                while (position <= upTo && found.size() < limit) {
                    found.add(position);
                    position = postings.seek(position + 1);
                }
            }
            return found;
        });
    }

    List<RecordedEvent> events(List<Long> positions) {
        return reading(f -> {
            List<ColumnFamilyHandle> families = Collections.nCopies(positions.size(), f.events());
            List<byte[]> values = f.db().multiGetAsList(
                            families,
                            positions.stream().map(IndexKeys::position).toList());
            List<RecordedEvent> events = new ArrayList<>(values.size());
            for (int i = 0; i < values.size(); i++) {
                events.add(EventRecord.decode(positions.get(i), values.get(i)));
            }
            return events;
        });
    }

    /** Events after+1, after+2, ... as far as indexed. */
    List<RecordedEvent> read(long after, int maxEvents) {
        long upTo = Math.min(indexed, after + maxEvents);
        if (after >= upTo) {
            return List.of();
        }
        return reading(f -> {
            List<RecordedEvent> events = new ArrayList<>((int) (upTo - after));
            try (RocksIterator iterator = f.db().newIterator(f.events())) {
                iterator.seek(IndexKeys.position(after + 1));
                for (long position = after + 1; position <= upTo && iterator.isValid(); position++) {
                    events.add(EventRecord.decode(position, iterator.value()));
                    iterator.next();
                }
            }
            return events;
        });
    }

    Optional<byte[]> chainHash(long position) {
        return reading(f -> Optional.ofNullable(f.db().get(f.events(), IndexKeys.position(position)))
                .map(EventRecord::chainHash));
    }

    /** Where the log's clock (the greatest timestamp so far) first reached the millisecond, or 0 if it has not. */
    long firstPositionAtMillis(long millis) {
        return reading(f -> {
            try (RocksIterator times = f.db().newIterator()) {
                times.seek(IndexKeys.millis(millis));
                return times.isValid() && times.key()[0] == 'm'
                        ? ByteBuffer.wrap(times.value()).getLong()
                        : 0L;
            }
        });
    }

    /** Empties the index: its log is not the one that it was built from. */
    void reset() {
        lifecycle.writeLock().lock();
        try {
            if (files != null) {
                files.close();
                files = null;
            }
            generation++;
            IndexFiles.delete(config.indexDirectory());
            openNewFiles();
        } finally {
            lifecycle.writeLock().unlock();
        }
    }

    private interface Reading<T> {
        T in(IndexFiles files) throws RocksDBException;
    }

    private <T> T reading(Reading<T> reading) {
        lifecycle.readLock().lock();
        try {
            if (files == null) {
                throw new IllegalStateException("the event log is closed");
            }
            return reading.in(files);
        } catch (RocksDBException e) {
            throw new IndexException("the index in " + config.indexDirectory() + " failed", e);
        } finally {
            lifecycle.readLock().unlock();
        }
    }

    @Override
    public void close() {
        lifecycle.writeLock().lock();
        try {
            if (files != null) {
                files.flush();
                files.close();
                files = null;
                unlogged.close();
            }
        } catch (RocksDBException e) {
            throw new IndexException("the index could not be flushed; it will be fed from the log again", e);
        } finally {
            lifecycle.writeLock().unlock();
        }
    }
}
