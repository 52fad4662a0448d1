package app.veza.eventstore;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * The local index of a log. Written by one thread, read by any. What is read up to a position that was indexed before is a
 * snapshot: nothing that stands in the log changes, and what comes lies behind it.
 */
final class LogIndex implements AutoCloseable {
    /** Each of the two that keep something of the index in the heap may take such a share of what it may take outside of it. */
    private static final int HEAP_SHARE = 8;

    private final IndexStorage storage;
    private final ShortPostings shortLists;
    private final KeptEvents keptEvents;
    /** Of a replay, which reads everything once: what decisions ask for again and again stays in the cache. */
    private final ReadOptions inBulk;

    private final IndexWriter writer;
    private volatile long indexed;
    /** Of the stream, the furthest that was ever written here: of everything up to there the outcome is known. */
    private volatile long settledSequence;

    private volatile boolean wasWhole;

    LogIndex(EventLogConfig config) {
        this.storage = new IndexStorage(config);
        this.shortLists = new ShortPostings(config.indexCacheBytes() / HEAP_SHARE);
        this.keptEvents = new KeptEvents(config.indexCacheBytes() / HEAP_SHARE);
        this.writer = new IndexWriter();
        this.inBulk = new ReadOptions().setFillCache(false);
        try {
            begin();
        } catch (IndexException e) {
            if (!storage.damaged()) {
                throw e;
            }
            reset();
        }
    }

    private void begin() {
        shortLists.clear();
        keptEvents.clear();
        indexed = checkpoint().map(c -> c.point().position()).orElse(0L);
        storage.work(f -> {
            writer.begin(f);
            return true;
        });
    }

    long indexedPosition() {
        return indexed;
    }

    /** Changes when the index no longer holds all that it held: what was found before says nothing any more. */
    int generation() {
        return storage.generation();
    }

    /** Whether a reader met damage, so that it has to be emptied and fed from the log again. */
    boolean damaged() {
        return storage.damaged();
    }

    /** @throws AppendFailure.Unavailable while it is built anew */
    void requireWhole() {
        storage.requireWhole();
    }

    Optional<Checkpoint> checkpoint() {
        return storage.work(
                f -> Optional.ofNullable(f.db().get(IndexKeys.CHECKPOINT)).map(Checkpoint::decode));
    }

    /** All of the appends or none, with the checkpoint. */
    void write(List<StoredAppend> appends, String logId) {
        storage.work(f -> {
            writer.write(f, appends, logId);
            appends.forEach(shortLists::added);
            return true;
        });
        indexed = appends.getLast().lastPosition();
        settledSequence = Math.max(settledSequence, appends.getLast().sequence());
    }

    /** The last fence up to the checkpoint: a node that starts behind it does not read it again. */
    Optional<LastFence> fence() {
        return storage.work(
                f -> Optional.ofNullable(f.db().get(IndexKeys.FENCE)).map(LastFence::decode));
    }

    /** The append that a command id made, for all time. */
    Optional<RecordedCommand> command(String commandId) {
        return storage.read(f -> Optional.ofNullable(f.db().get(f.commands(), IndexKeys.command(commandId)))
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
        return matches(criteria, after, upTo, limit, false);
    }

    /** At most so many matching positions in (after, upTo], the first or, backwards, the last of them first. */
    List<Long> matches(Criteria criteria, long after, long upTo, int limit, boolean backwards) {
        return storage.read(f -> {
            try (Postings postings = new IndexSearch(f.db(), shortLists, backwards).matching(criteria)) {
                return walk(postings, after, upTo, limit, backwards);
            }
        });
    }

    /** At most so many positions of events of one correlation, ascending. */
    List<Long> correlated(String correlationId, long upTo, int limit) {
        return storage.read(f -> {
            try (Postings postings = new StoredPostings(f.db(), IndexKeys.correlation(correlationId), false)) {
                return walk(postings, 0, upTo, limit, false);
            }
        });
    }

    private static List<Long> walk(Postings postings, long after, long upTo, int limit, boolean backwards)
            throws RocksDBException {
        List<Long> found = new ArrayList<>();
        long last = backwards ? -(after + 1) : upTo;
        long place = postings.seek(backwards ? -upTo : after + 1);
        while (place <= last && found.size() < limit) {
            found.add(Math.abs(place));
            place = postings.seek(place + 1);
        }
        return found;
    }

    /** The types of all events that are indexed. */
    List<String> types() {
        return storage.read(f -> new IndexSearch(f.db(), shortLists, false).types());
    }

    List<RecordedEvent> events(List<Long> positions) {
        return storage.read(f -> keptEvents.at(positions, missing -> events(f, missing)));
    }

    private static List<RecordedEvent> events(IndexFiles f, List<Long> positions) throws RocksDBException {
        List<ColumnFamilyHandle> families = Collections.nCopies(positions.size(), f.events());
        List<byte[]> values = f.db().multiGetAsList(
                        families, positions.stream().map(IndexKeys::position).toList());
        List<RecordedEvent> events = new ArrayList<>(values.size());
        for (int i = 0; i < values.size(); i++) {
            events.add(event(positions.get(i), values.get(i)));
        }
        return events;
    }

    /** The first of the positions' events, one at least, and as many more as fit into so many bytes. */
    List<RecordedEvent> events(List<Long> positions, long maxBytes) {
        return storage.read(f -> {
            List<RecordedEvent> events = new ArrayList<>();
            long bytes = 0;
            for (long position : positions) {
                byte[] value = f.db().get(f.events(), IndexKeys.position(position));
                bytes += value == null ? 0 : value.length;
                if (bytes > maxBytes && !events.isEmpty()) {
                    break;
                }
                events.add(event(position, value));
            }
            return events;
        });
    }

    /** Events after+1, after+2, ... as far as indexed. */
    List<RecordedEvent> read(long after, int maxEvents) {
        return read(after, maxEvents, null);
    }

    /** Of those that {@link #read(long, int)} gives the ones of these types, and the last one. */
    List<RecordedEvent> read(long after, int maxEvents, @Nullable Set<String> types) {
        storage.requireWhole();
        long upTo = Math.min(indexed, after + maxEvents);
        if (after >= upTo) {
            return List.of();
        }
        return storage.read(f -> {
            List<RecordedEvent> events = new ArrayList<>(types == null ? (int) (upTo - after) : 16);
            try (RocksIterator iterator = f.db().newIterator(f.events(), inBulk)) {
                iterator.seek(IndexKeys.position(after + 1));
                for (long position = after + 1; position <= upTo; position++) {
                    if (!iterator.isValid()) {
                        iterator.status();
                    }
                    boolean there = iterator.isValid() && IndexKeys.positionAtEnd(iterator.key()) == position;
                    byte[] value = there ? iterator.value() : null;
                    if (value == null || types == null || position == upTo || EventRecord.isOf(value, types)) {
                        events.add(event(position, value));
                    }
                    iterator.next();
                }
            }
            return events;
        });
    }

    private static RecordedEvent event(long position, byte @Nullable [] value) throws RocksDBException {
        if (value == null) {
            throw IndexFiles.damage("it has lost the event at position " + position);
        }
        return EventRecord.decode(position, value);
    }

    Optional<byte[]> chainHash(long position) {
        return storage.read(f -> Optional.ofNullable(f.db().get(f.events(), IndexKeys.position(position)))
                .map(EventRecord::chainHash));
    }

    /** Where the log's clock (the greatest timestamp so far) first reached the millisecond, or 0 if it has not. */
    long firstPositionAtMillis(long millis) {
        return storage.read(f -> {
            try (RocksIterator times = f.db().newIterator()) {
                times.seek(IndexKeys.millis(millis));
                return IndexWriter.isTime(times)
                        ? ByteBuffer.wrap(times.value()).getLong()
                        : 0L;
            }
        });
    }

    /** Empties the index: its log is not the one that it was built from. Nothing is read until it is {@link #whole()}. */
    void reset() {
        storage.empty();
        begin();
    }

    /** Goes back to where it was flushed last. Nothing is read until it is {@link #whole()}. */
    void reopen() {
        storage.reopen();
        begin();
    }

    /** It holds all of the log again. */
    void whole() {
        storage.whole();
        wasWhole = true;
    }

    /**
     * How far a snapshot of another node's index may reach that takes the place of this one: behind it may stand appends of
     * this node whose outcome it is still to find in the log. Until the index was whole once, nothing was appended.
     */
    long largestSnapshot() {
        return wasWhole ? settledSequence : Long.MAX_VALUE;
    }

    /** Makes the files of a directory the index. Nothing is read until it is {@link #whole()}. */
    void replace(Path directory) {
        storage.exchange(directory);
        begin();
    }

    /** Makes a directory of the index's files as they stand, and tells how far they reach. Not while it is being written. */
    Checkpoint copyTo(Path directory) {
        return storage.read(f -> {
            f.copyTo(directory);
            byte[] checkpoint = f.db().get(IndexKeys.CHECKPOINT);
            if (checkpoint == null) {
                throw new IndexException("the index is empty", null);
            }
            return Checkpoint.decode(checkpoint);
        });
    }

    @Override
    public void close() {
        storage.close();
        writer.close();
        inBulk.close();
    }
}
