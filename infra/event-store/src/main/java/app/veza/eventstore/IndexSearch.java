package app.veza.eventstore;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;

/** Turns criteria into postings. */
final class IndexSearch {
    private final RocksDB db;
    private final ShortPostings shortLists;
    private final boolean backwards;

    IndexSearch(RocksDB db, ShortPostings shortLists, boolean backwards) {
        this.db = db;
        this.shortLists = shortLists;
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
        if (criterion.types().isEmpty()) {
            List<Postings> perTag = new ArrayList<>();
            for (Tag tag : criterion.tags()) {
                perTag.add(ofTypes(List.of(tag), typesAfter(IndexKeys.tag(tag))));
            }
            return Postings.Intersection.of(perTag);
        }
        return ofTypes(criterion.tags(), criterion.types());
    }

    private Postings ofTypes(Collection<Tag> tags, Collection<String> types) throws RocksDBException {
        List<Postings> perType = new ArrayList<>();
        for (String type : types) {
            Optional<long[]> listed = shortLists.find(db, tags, type);
            perType.add(
                    listed.isPresent()
                            ? new ListedPostings(listed.get(), backwards)
                            : Postings.Intersection.of(tags.stream()
                                    .map(tag -> stored(IndexKeys.tagAndType(tag, type)))
                                    .toList()));
        }
        return Postings.Union.of(perType);
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
