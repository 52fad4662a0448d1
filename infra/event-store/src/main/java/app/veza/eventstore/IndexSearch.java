package app.veza.eventstore;

import java.util.ArrayList;
import java.util.List;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;

/** Turns criteria into postings. */
final class IndexSearch {
    private final RocksDB db;

    IndexSearch(RocksDB db) {
        this.db = db;
    }

    /** To be closed by the caller. */
    Postings matching(Criteria criteria) {
        return Postings.Union.of(criteria.anyOf().stream().map(this::matching).toList());
    }

    private Postings matching(Criterion criterion) {
        if (criterion.tags().isEmpty()) {
            return criterion.types().isEmpty()
                    ? new Postings.All()
                    : Postings.Union.of(criterion.types().stream()
                            .<Postings>map(type -> new StoredPostings(db, IndexKeys.type(type)))
                            .toList());
        }
        List<Postings> perTag = new ArrayList<>();
        for (Tag tag : criterion.tags()) {
            perTag.add(tagged(tag, criterion));
        }
        return Postings.Intersection.of(perTag);
    }

    private Postings tagged(Tag tag, Criterion criterion) {
        List<String> types = criterion.types().isEmpty() ? typesOf(tag) : List.copyOf(criterion.types());
        return Postings.Union.of(types.stream()
                .<Postings>map(type -> new StoredPostings(db, IndexKeys.tagAndType(tag, type)))
                .toList());
    }

    /** The types that a tag was ever on: one seek each. */
    private List<String> typesOf(Tag tag) {
        byte[] prefix = IndexKeys.tag(tag);
        List<String> types = new ArrayList<>();
        try (Slice bound = new Slice(IndexKeys.after(prefix));
                ReadOptions options = new ReadOptions().setIterateUpperBound(bound);
                RocksIterator iterator = db.newIterator(options)) {
            iterator.seek(prefix);
            while (iterator.isValid()) {
                String type = IndexKeys.typeAfter(prefix.length, iterator.key());
                types.add(type);
                iterator.seek(IndexKeys.after(IndexKeys.tagAndType(tag, type)));
            }
        }
        return types;
    }
}
