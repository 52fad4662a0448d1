package app.veza.eventstore;

import java.util.ArrayList;
import java.util.List;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;

/** Turns criteria into postings. */
final class IndexSearch {
    private final RocksDB db;
    private final boolean backwards;

    IndexSearch(RocksDB db, boolean backwards) {
        this.db = db;
        this.backwards = backwards;
    }

    /** To be closed by the caller. */
    Postings matching(Criteria criteria) throws RocksDBException {
        List<Postings> anyOf = new ArrayList<>();
        for (Criterion criterion : criteria.anyOf()) {
            anyOf.add(matching(criterion));
        }
        return Postings.Union.of(anyOf);
    }

    private Postings matching(Criterion criterion) throws RocksDBException {
        if (criterion.tags().isEmpty()) {
            return criterion.types().isEmpty()
                    ? new Postings.All()
                    : Postings.Union.of(criterion.types().stream()
                            .map(type -> stored(IndexKeys.type(type)))
                            .toList());
        }
        List<Postings> perTag = new ArrayList<>();
        for (Tag tag : criterion.tags()) {
            perTag.add(tagged(tag, criterion));
        }
        return Postings.Intersection.of(perTag);
    }

    private Postings tagged(Tag tag, Criterion criterion) throws RocksDBException {
        List<String> types =
                criterion.types().isEmpty() ? typesAfter(IndexKeys.tag(tag)) : List.copyOf(criterion.types());
        return Postings.Union.of(types.stream()
                .map(type -> stored(IndexKeys.tagAndType(tag, type)))
                .toList());
    }

    private Postings stored(byte[] prefix) {
        return new StoredPostings(db, prefix, backwards);
    }

    /** The types of all events. */
    List<String> types() throws RocksDBException {
        return typesAfter(IndexKeys.types());
    }

    /** The types that follow in keys which begin so, such as those that a tag was ever on: one seek each. */
    private List<String> typesAfter(byte[] prefix) throws RocksDBException {
        List<String> types = new ArrayList<>();
        try (Slice bound = new Slice(IndexKeys.after(prefix));
                ReadOptions options = new ReadOptions().setIterateUpperBound(bound);
                RocksIterator iterator = db.newIterator(options)) {
            iterator.seek(prefix);
            while (iterator.isValid()) {
                String type = IndexKeys.typeAfter(prefix.length, iterator.key());
                types.add(type);
                iterator.seek(IndexKeys.after(IndexKeys.withType(prefix, type)));
            }
            iterator.status();
        }
        return types;
    }
}
