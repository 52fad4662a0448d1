package app.veza.eventstore;

import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;

/** The positions below one prefix of the index. */
final class StoredPostings implements Postings {
    private static final long NOWHERE = Long.MIN_VALUE;

    private final byte[] prefix;
    private final boolean backwards;
    private final Slice lowerBound;
    private final Slice upperBound;
    private final ReadOptions options;
    private final RocksIterator iterator;
    private long current = NOWHERE;

    StoredPostings(RocksDB db, byte[] prefix, boolean backwards) {
        this.prefix = prefix;
        this.backwards = backwards;
        this.lowerBound = new Slice(prefix);
        this.upperBound = new Slice(IndexKeys.after(prefix));
        this.options = new ReadOptions().setIterateLowerBound(lowerBound).setIterateUpperBound(upperBound);
        this.iterator = db.newIterator(options);
    }

    @Override
    public long seek(long target) throws RocksDBException {
        if (current >= target) {
            return current;
        }
        if (current != NOWHERE) {
            step();
            if (current >= target) {
                return current;
            }
        }
        if (backwards) {
            iterator.seekForPrev(IndexKeys.withPosition(prefix, -target));
        } else {
            iterator.seek(IndexKeys.withPosition(prefix, target));
        }
        settle();
        return current;
    }

    private void step() throws RocksDBException {
        if (backwards) {
            iterator.prev();
        } else {
            iterator.next();
        }
        settle();
    }

    private void settle() throws RocksDBException {
        if (iterator.isValid()) {
            long position = IndexKeys.positionAtEnd(iterator.key());
            current = backwards ? -position : position;
        } else {
            // An iterator that met damage ends like one that has no more
            iterator.status();
            current = END;
        }
    }

    @Override
    public void close() {
        iterator.close();
        options.close();
        upperBound.close();
        lowerBound.close();
    }
}
