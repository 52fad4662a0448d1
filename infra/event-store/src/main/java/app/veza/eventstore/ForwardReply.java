package app.veza.eventstore;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the node that sequences answers to one request, on the wire {@code ticket, attempt, kind} and its content.
 *
 * @param attempt which of the sender's it answers: an earlier one says nothing any more
 */
record ForwardReply(long ticket, int attempt, Answer answer) {

    sealed interface Answer {
        record Settled(AppendOutcome outcome) implements Answer {}

        /** @param conflict of a {@link Handed.Check}, 0 when there is none */
        record Checked(long conflict) implements Answer {}

        record LookedUp(Optional<AppendOutcome.Duplicate> found) implements Answer {}

        record Failed(AppendFailure failure) implements Answer {}

        /** Nothing was published, or it can never be in the log: hand it to whoever sequences now. */
        record NotSequencing() implements Answer {}

        /**
         * To {@link #ALL} that was handed over behind that fence: none of it could be read.
         *
         * @param layout that this node reads
         */
        record OtherLayout(byte[] fenceHash, int layout) implements Answer {}
    }

    /** In place of a ticket. */
    static final long ALL = 0;

    private static final int APPENDED = 1;
    private static final int DUPLICATE = 2;
    private static final int REFUSED = 3;
    private static final int UNKNOWN = 4;
    private static final int UNAVAILABLE = 5;
    private static final int INVALID = 6;
    private static final int CHECKED = 7;
    private static final int ABSENT = 8;
    private static final int FOUND = 9;
    private static final int NOT_SEQUENCING = 10;
    private static final int OTHER_LAYOUT = 11;

    void write(FrameWriter frame) {
        frame.putLong(ticket).putInt(attempt);
        switch (answer) {
            case Answer.Settled(AppendOutcome.Appended(long first, long last)) ->
                frame.putByte(APPENDED).putLong(first).putLong(last);
            case Answer.Settled(AppendOutcome.Duplicate duplicate) -> write(frame, DUPLICATE, duplicate);
            case Answer.Settled(AppendOutcome.Refused(long conflict)) ->
                frame.putByte(REFUSED).putLong(conflict);
            case Answer.Checked(long conflict) -> frame.putByte(CHECKED).putLong(conflict);
            case Answer.LookedUp(Optional<AppendOutcome.Duplicate> found) ->
                found.ifPresentOrElse(duplicate -> write(frame, FOUND, duplicate), () -> frame.putByte(ABSENT));
            case Answer.Failed(AppendFailure.Unknown unknown) ->
                frame.putByte(UNKNOWN).putText(message(unknown));
            case Answer.Failed(AppendFailure.Unavailable unavailable) ->
                frame.putByte(UNAVAILABLE)
                        .putText(message(unavailable))
                        .putLong(unavailable.retryAfter().toMillis());
            case Answer.Failed(AppendFailure.Invalid invalid) ->
                frame.putByte(INVALID).putText(message(invalid));
            case Answer.NotSequencing() -> frame.putByte(NOT_SEQUENCING);
            case Answer.OtherLayout(byte[] fenceHash, int layout) ->
                frame.putByte(OTHER_LAYOUT).putBytes(fenceHash).putInt(layout);
        }
    }

    private static void write(FrameWriter frame, int kind, AppendOutcome.Duplicate duplicate) {
        frame.putByte(kind)
                .putLong(duplicate.firstPosition())
                .putLong(duplicate.lastPosition())
                .putOptionalText(duplicate.fingerprint());
    }

    private static String message(AppendFailure failure) {
        String message = failure.getMessage();
        return message == null ? failure.toString() : message;
    }

    /** @throws RuntimeException when it is no such frame */
    static List<ForwardReply> read(byte[] bytes) {
        var frame = new FrameReader(bytes);
        List<ForwardReply> replies = new ArrayList<>();
        while (frame.hasMore()) {
            replies.add(new ForwardReply(frame.readLong(), frame.readInt(), answer(frame)));
        }
        return replies;
    }

    private static Answer answer(FrameReader frame) {
        int kind = frame.readByte();
        return switch (kind) {
            case APPENDED -> new Answer.Settled(new AppendOutcome.Appended(frame.readLong(), frame.readLong()));
            case DUPLICATE -> new Answer.Settled(duplicate(frame));
            case REFUSED -> new Answer.Settled(new AppendOutcome.Refused(frame.readLong()));
            case UNKNOWN -> new Answer.Failed(new AppendFailure.Unknown(frame.readText()));
            case UNAVAILABLE ->
                new Answer.Failed(new AppendFailure.Unavailable(frame.readText(), Duration.ofMillis(frame.readLong())));
            case INVALID -> new Answer.Failed(new AppendFailure.Invalid(frame.readText()));
            case CHECKED -> new Answer.Checked(frame.readLong());
            case ABSENT -> new Answer.LookedUp(Optional.empty());
            case FOUND -> new Answer.LookedUp(Optional.of(duplicate(frame)));
            case NOT_SEQUENCING -> new Answer.NotSequencing();
            case OTHER_LAYOUT -> new Answer.OtherLayout(frame.readBytes(), frame.readInt());
            default -> throw new IllegalArgumentException("an answer of kind " + kind);
        };
    }

    private static AppendOutcome.Duplicate duplicate(FrameReader frame) {
        long first = frame.readLong();
        long last = frame.readLong();
        return new AppendOutcome.Duplicate(first, last, frame.readOptionalText());
    }
}
