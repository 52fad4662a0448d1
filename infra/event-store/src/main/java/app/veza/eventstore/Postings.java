package app.veza.eventstore;

import java.util.List;
import org.rocksdb.RocksDBException;

/**
 * Positions in ascending order, walked forwards only. Who walks the log backwards walks its mirror image: every position, and
 * every target, is then its negative.
 */
interface Postings extends AutoCloseable {
    long END = Long.MAX_VALUE;

    /** The first position at or after the target, or {@link #END}. Targets never decrease. */
    long seek(long target) throws RocksDBException;

    @Override
    void close();

    /** Every position there is. */
    record All() implements Postings {
        @Override
        public long seek(long target) {
            return target;
        }

        @Override
        public void close() {}
    }

    /** Positions in any of the lists. */
    record Union(List<Postings> lists) implements Postings {
        static Postings of(List<Postings> lists) {
            return lists.size() == 1 ? lists.getFirst() : new Union(lists);
        }

        @Override
        public long seek(long target) throws RocksDBException {
            long least = END;
            for (Postings list : lists) {
                least = Math.min(least, list.seek(target));
            }
            return least;
        }

        @Override
        public void close() {
            lists.forEach(Postings::close);
        }
    }

    /** Positions in all of the lists: each leaps to where the other stands until they agree. */
    record Intersection(List<Postings> lists) implements Postings {
        static Postings of(List<Postings> lists) {
            return lists.size() == 1 ? lists.getFirst() : new Intersection(lists);
        }

        @Override
        public long seek(long target) throws RocksDBException {
            long candidate = target;
            int agreeing = 0;
            for (int i = 0; agreeing < lists.size(); i = (i + 1) % lists.size()) {
                long found = lists.get(i).seek(candidate);
                if (found == END) {
                    return END;
                }
                if (found == candidate) {
                    agreeing++;
                } else {
                    candidate = found;
                    agreeing = 1;
                }
            }
            return candidate;
        }

        @Override
        public void close() {
            lists.forEach(Postings::close);
        }
    }
}
