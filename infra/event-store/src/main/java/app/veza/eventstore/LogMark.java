package app.veza.eventstore;

/**
 * A place up to which a log was verified, to be kept and gone on from.
 *
 * @param sequence of the stream's message
 * @param position of the append's last event
 * @param chainHash of the log up to there, as text
 */
public record LogMark(String logId, long sequence, long position, String chainHash) {
    static LogMark of(String logId, LogPoint point) {
        return new LogMark(logId, point.sequence(), point.position(), Chain.text(point.chainHash()));
    }

    LogPoint point() {
        return new LogPoint(sequence, position, Chain.parse(chainHash));
    }
}
