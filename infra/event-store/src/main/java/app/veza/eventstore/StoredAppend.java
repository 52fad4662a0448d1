package app.veza.eventstore;

/** An append at its place in the log. */
record StoredAppend(long sequence, long firstPosition, byte[] chainHash, EncodedAppend append) {
    long lastPosition() {
        return firstPosition + append.count() - 1;
    }

    LogPoint point() {
        return new LogPoint(sequence, lastPosition(), chainHash);
    }
}
