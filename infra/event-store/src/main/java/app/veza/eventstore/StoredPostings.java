package app.veza.eventstore;

import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;

/** The positions below one prefix of the index. */
final class StoredPostings implements Postings {
    private final byte[] prefix;
    private final Slice upperBound;
    private final ReadOptions options;
    private final RocksIterator iterator;
    private long current = -1;

    StoredPostings(RocksDB db, byte[] prefix) {
        this.prefix = prefix;
        this.upperBound = new Slice(IndexKeys.after(prefix));
        this.options = new ReadOptions().setIterateUpperBound(upperBound);
        this.iterator = db.newIterator(options);
    }

    @Override
    public long seek(long target) {
        if (current >= target) {
            return current;
        }
        if (current >= 0) {
            iterator.next();
            settle();
            if (current >= target) {
                return current;
            }
        }
        iterator.seek(IndexKeys.withPosition(prefix, target));
        settle();
        return current;
    }

    private void settle() {
        current = iterator.isValid() ? IndexKeys.positionAtEnd(iterator.key()) : END;
    }

    @Override
    public void close() {
        iterator.close();
        options.close();
        upperBound.close();
    }
}
