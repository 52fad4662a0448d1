package app.veza.projectionengine;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** Walks two lists of row hashes, both sorted by key, and tells what is on one side only and what has another hash. */
final class RowMerge {
    /** @param key may come several times where rows have no key; the hashes are sorted then */
    record Hashed(String key, long hash) {}

    record Found(Verdict.Kind kind, String key) {}

    private final int listed;
    private final List<Found> found = new ArrayList<>();
    private long missing;
    private long extra;
    private long changed;

    /** @param listed most differences that are remembered; all are counted */
    RowMerge(int listed) {
        this.listed = listed;
    }

    void merge(Iterator<Hashed> served, Iterator<Hashed> rebuilt) {
        BiPredicate<Hashed, Hashed> before = (a, b) -> compareBytes(a.key(), b.key()) < 0;
        Hashed one = next(served);
        Hashed other = next(rebuilt);
        while (one != null || other != null) {
            if (other == null || (one != null && before.test(one, other))) {
                extra++;
                note(Verdict.Kind.EXTRA, one.key());
                one = next(served);
            } else if (one == null || before.test(other, one)) {
                missing++;
                note(Verdict.Kind.MISSING, other.key());
                other = next(rebuilt);
            } else {
                if (one.hash() != other.hash()) {
                    changed++;
                    note(Verdict.Kind.CHANGED, one.key());
                }
                one = next(served);
                other = next(rebuilt);
            }
        }
    }

    /** As {@code COLLATE "C"} sorts in a database of UTF-8; Java's own order differs above the basic plane. */
    private static int compareBytes(String a, String b) {
        return java.util.Arrays.compareUnsigned(
                a.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                b.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static @Nullable Hashed next(Iterator<Hashed> rows) {
        return rows.hasNext() ? rows.next() : null;
    }

    private void note(Verdict.Kind kind, String key) {
        if (found.size() < listed) {
            found.add(new Found(kind, key));
        }
    }

    List<Found> found() {
        return found;
    }

    long missing() {
        return missing;
    }

    long extra() {
        return extra;
    }

    long changed() {
        return changed;
    }
}
