package app.veza.eventstore;

import io.nats.client.impl.Headers;
import java.nio.charset.StandardCharsets;

/**
 * The headers of an append at a place in the log, serialized already: the append's own lines were made in the thread that
 * handed it in, the sequencer adds five.
 */
final class PlacedHeaders extends Headers {
    private static final byte[] VERSION = "NATS/1.0\r\n".getBytes(StandardCharsets.US_ASCII);

    private final byte[] own;
    private final byte[] ofPlace;

    PlacedHeaders(EncodedAppend append, long firstPosition, byte[] previous, byte[] chain, long expectedSequence) {
        this.own = append.headers();
        this.ofPlace = (WireFormat.POSITION + ": " + firstPosition + "\r\n"
                        + WireFormat.COUNT + ": " + append.count() + "\r\n"
                        + WireFormat.PREVIOUS + ": " + Chain.text(previous) + "\r\n"
                        + WireFormat.CHAIN + ": " + Chain.text(chain) + "\r\n"
                        + WireFormat.EXPECTED_SEQUENCE + ": " + expectedSequence + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public boolean isEmpty() {
        return false;
    }

    /** So that the client does not copy what it cannot see. */
    @Override
    public boolean isReadOnly() {
        return true;
    }

    @Override
    public int serializedLength() {
        return VERSION.length + own.length + ofPlace.length;
    }

    @Override
    public byte[] getSerialized() {
        byte[] all = new byte[serializedLength()];
        serializeToArray(0, all);
        return all;
    }

    @Override
    public int serializeToArray(int destPosition, byte[] dest) {
        System.arraycopy(VERSION, 0, dest, destPosition, VERSION.length);
        System.arraycopy(own, 0, dest, destPosition + VERSION.length, own.length);
        System.arraycopy(ofPlace, 0, dest, destPosition + VERSION.length + own.length, ofPlace.length);
        return serializedLength();
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
