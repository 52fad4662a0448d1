package app.veza.eventstore;

import java.nio.ByteBuffer;
import java.util.List;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** Puts appends into the files of an index, with all by which they are found. Used by one thread. */
final class IndexWriter implements AutoCloseable {
    private static final byte[] NOTHING = {};

    private final WriteOptions unlogged = new WriteOptions().setDisableWAL(true);
    private final IndexBatch batch = new IndexBatch();
    /** The greatest timestamp so far, in milliseconds since 1970. */
    private long logClock;

    /** From where the files end. */
    void begin(IndexFiles f) throws RocksDBException {
        try (RocksIterator times = f.db().newIterator()) {
            times.seekForPrev(IndexKeys.after(new byte[] {'m'}));
            logClock = isTime(times) ? IndexKeys.millisOf(times.key()) : Long.MIN_VALUE;
        }
    }

    /** All of the appends or none, with the checkpoint. */
    void write(IndexFiles f, List<StoredAppend> appends, String logId) throws RocksDBException {
        batch.clear();
        for (StoredAppend append : appends) {
            add(append, f);
        }
        batch.put(IndexKeys.CHECKPOINT, new Checkpoint(logId, appends.getLast().point()).encode());
        try (WriteBatch nativeBatch = new WriteBatch(batch.finish())) {
            f.db().write(unlogged, nativeBatch);
        }
    }

    private void add(StoredAppend stored, IndexFiles f) {
        String fencedBy = stored.append().fencedBy();
        if (fencedBy != null) {
            batch.put(IndexKeys.FENCE, new LastFence(fencedBy, stored.chainHash()).encode());
        }
        int eventsFamily = f.events().getID();
        long position = stored.firstPosition();
        byte[] prefix = ByteBuffer.allocate(EventRecord.PREFIX)
                .putLong(stored.sequence())
                .put(stored.chainHash())
                .array();
        for (EncodedEvent event : stored.append().events()) {
            byte[] record = event.record();
            batch.putEvent(eventsFamily, position, prefix, record);
            EventRecord.index(record, position, batch);
            long millis = EventRecord.millis(record);
            if (millis > logClock) {
                logClock = millis;
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

    /** Whether it stands at a reading of the log's clock. */
    static boolean isTime(RocksIterator times) throws RocksDBException {
        if (!times.isValid()) {
            times.status();
            return false;
        }
        return times.key()[0] == 'm';
    }

    @Override
    public void close() {
        unlogged.close();
    }
}
