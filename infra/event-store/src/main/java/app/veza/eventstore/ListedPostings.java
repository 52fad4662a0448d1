package app.veza.eventstore;

/** Positions out of a list, ascending. */
final class ListedPostings implements Postings {

    private final long[] positions;
    private final boolean backwards;
    private int passed;

    ListedPostings(long[] positions, boolean backwards) {
        this.positions = positions;
        this.backwards = backwards;
    }

    @Override
    public long seek(long target) {
        while (passed < positions.length && at(passed) < target) {
            passed++;
        }
        return passed == positions.length ? END : at(passed);
    }

    private long at(int place) {
        return backwards ? -positions[positions.length - 1 - place] : positions[place];
    }

    @Override
    public void close() {
        // holds nothing
    }
}
