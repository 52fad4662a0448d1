package app.veza.eventstore;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/**
 * Where the few events of a type stand that bear one tag, or two, for tags that were asked for lately. A decision asks for a dozen such
 * lists, most of them empty and the same as a moment ago, and an iterator of RocksDB costs microseconds for each.
 *
 * <p>A list that is kept is complete up to what is indexed: an event is {@linkplain #added added} after it was written and before it
 * counts as indexed, and waits where its list is just being read.
 */
final class ShortPostings {

    /** Longer lists are not kept, and only that they are long. */
    static final int LONGEST = 64;

    private static final long[] TOO_LONG = {};
    /** Of a key with its texts and what keeps it. */
    private static final int KEY_BYTES = 300;

    /** @param other the greater of two tags */
    private record Key(Tag tag, @Nullable Tag other, String type) {

        static Key of(Tag one, Tag another, String type) {
            int order = one.key().compareTo(another.key());
            boolean ordered = order < 0 || order == 0 && one.value().compareTo(another.value()) <= 0;
            return ordered ? new Key(one, another, type) : new Key(another, one, type);
        }
    }

    private final Cache<Key, long[]> lists;
    /** Whether anybody ever asked. Not the cache's size: a list that is being read does not count in it yet. */
    private volatile boolean asked;

    /** @param heapBytes that the lists may take, about */
    ShortPostings(long heapBytes) {
        this.lists = Caffeine.newBuilder()
                .maximumWeight(heapBytes)
                .weigher((Key key, long[] list) -> KEY_BYTES + Long.BYTES * list.length)
                .build();
    }

    /**
     * Positions, ascending, of the events of a type that bear all the tags.
     *
     * @return empty where there are many, or more than two tags
     */
    Optional<long[]> find(RocksDB db, Collection<Tag> tags, String type) throws RocksDBException {
        if (tags.size() > 2) {
            return Optional.empty();
        }
        Iterator<Tag> each = tags.iterator();
        Tag tag = each.next();
        // Before the index is read; looked at after it was written
        asked = true;
        Key key = each.hasNext() ? Key.of(tag, each.next(), type) : new Key(tag, null, type);
        long[] list = lists.getIfPresent(key);
        if (list == null) {
            try {
                list = lists.get(key, missing -> read(db, missing));
            } catch (ReadFailure failure) {
                throw failure.cause;
            }
        }
        return list == TOO_LONG ? Optional.empty() : Optional.of(list);
    }

    private static long[] read(RocksDB db, Key key) {
        try {
            long[] list = read(db, key.tag(), key.type());
            Tag other = key.other();
            if (other == null) {
                return list;
            }
            if (list != TOO_LONG) {
                return bearing(db, list, other, key.type());
            }
            long[] others = read(db, other, key.type());
            return others == TOO_LONG ? TOO_LONG : bearing(db, others, key.tag(), key.type());
        } catch (RocksDBException e) {
            throw new ReadFailure(e);
        }
    }

    private static long[] read(RocksDB db, Tag tag, String type) throws RocksDBException {
        long[] found = new long[LONGEST + 1];
        int count = 0;
        try (Postings stored = new StoredPostings(db, IndexKeys.tagAndType(tag, type), false)) {
            long position = stored.seek(0);
            while (position != Postings.END && count < found.length) {
                found[count++] = position;
                position = stored.seek(position + 1);
            }
        }
        return count > LONGEST ? TOO_LONG : Arrays.copyOf(found, count);
    }

    private static long[] bearing(RocksDB db, long[] positions, Tag tag, String type) throws RocksDBException {
        byte[] prefix = IndexKeys.tagAndType(tag, type);
        long[] bearing = new long[positions.length];
        int count = 0;
        for (long position : positions) {
            if (db.get(IndexKeys.withPosition(prefix, position)) != null) {
                bearing[count++] = position;
            }
        }
        return Arrays.copyOf(bearing, count);
    }

    /** What was written into the index just now. */
    void added(StoredAppend append) {
        if (!asked) {
            return;
        }
        long position = append.firstPosition();
        for (EncodedEvent event : append.append().events()) {
            added(event, position++);
        }
    }

    private void added(EncodedEvent event, long position) {
        List<Tag> tags = event.tags();
        for (int i = 0; i < tags.size(); i++) {
            append(new Key(tags.get(i), null, event.type()), position);
            for (int j = i + 1; j < tags.size(); j++) {
                append(Key.of(tags.get(i), tags.get(j), event.type()), position);
            }
        }
    }

    /** By {@code compute}, which waits where the list is being read: {@code computeIfPresent} would find none and go on. */
    private void append(Key key, long position) {
        lists.asMap().compute(key, (same, list) -> list == null ? null : with(list, position));
    }

    private static long[] with(long[] list, long position) {
        int length = list.length;
        if (list == TOO_LONG || length > 0 && list[length - 1] >= position) {
            return list;
        }
        if (length == LONGEST) {
            return TOO_LONG;
        }
        long[] longer = Arrays.copyOf(list, length + 1);
        longer[length] = position;
        return longer;
    }

    /** The index is another one, and nobody reads it yet. */
    void clear() {
        lists.invalidateAll();
        asked = false;
    }

    /** Carries a checked exception through the cache. */
    private static final class ReadFailure extends RuntimeException {

        private static final long serialVersionUID = 1;

        private final RocksDBException cause;

        ReadFailure(RocksDBException cause) {
            super(cause);
            this.cause = cause;
        }
    }
}
