package app.veza.audio.opus;

import java.nio.charset.StandardCharsets;
import java.util.function.IntUnaryOperator;

/** Numbers of variable length and elements of EBML (RFC 8794). */
final class Ebml {

    static final long UNKNOWN_SIZE = -1;

    private Ebml() {}

    /**
     * The beginning of an element.
     *
     * @param size of its content; {@link #UNKNOWN_SIZE} when it ends where another of its level begins
     * @param headerBytes of id and size together
     */
    record Header(int id, long size, int headerBytes) {}

    /** Null when it is not whole yet. @param at byte by index */
    static @org.jspecify.annotations.Nullable Header header(IntUnaryOperator at, int available)
            throws UnsupportedAudioException {
        if (available < 2) {
            return null;
        }
        int idBytes = length(at.applyAsInt(0), 4);
        if (available <= idBytes) {
            return null;
        }
        int sizeBytes = length(at.applyAsInt(idBytes), 8);
        if (available < idBytes + sizeBytes) {
            return null;
        }
        int id = 0;
        for (int i = 0; i < idBytes; i++) {
            id = id << 8 | at.applyAsInt(i);
        }
        return new Header(id, number(at, idBytes, sizeBytes), idBytes + sizeBytes);
    }

    /** Bytes that a number takes, by its first one. */
    static int length(int first, int most) throws UnsupportedAudioException {
        int length = Integer.numberOfLeadingZeros(first) - 23;
        if (length > most) {
            throw broken();
        }
        return length;
    }

    static long number(IntUnaryOperator at, int from, int length) {
        long value = at.applyAsInt(from) & ((1 << (8 - length)) - 1);
        boolean ones = value == (1 << (8 - length)) - 1;
        for (int i = 1; i < length; i++) {
            int next = at.applyAsInt(from + i);
            ones &= next == 0xFF;
            value = value << 8 | next;
        }
        return ones ? UNKNOWN_SIZE : value;
    }

    /** What is done with each child of an element that is here whole. */
    interface Child {
        void take(int id, byte[] content) throws UnsupportedAudioException;
    }

    static void children(byte[] parent, Child child) throws UnsupportedAudioException {
        int place = 0;
        while (place < parent.length) {
            int from = place;
            Header header = header(i -> parent[from + i] & 0xFF, parent.length - place);
            if (header == null || header.size() < 0 || header.size() > parent.length - place - header.headerBytes()) {
                throw broken();
            }
            int begin = place + header.headerBytes();
            place = begin + (int) header.size();
            child.take(header.id(), java.util.Arrays.copyOfRange(parent, begin, place));
        }
    }

    static long unsigned(byte[] content) throws UnsupportedAudioException {
        if (content.length > 7) {
            throw broken();
        }
        long value = 0;
        for (byte next : content) {
            value = value << 8 | (next & 0xFF);
        }
        return value;
    }

    static String text(byte[] content) {
        return new String(content, StandardCharsets.US_ASCII).replace("\0", "");
    }

    static UnsupportedAudioException broken() {
        return new UnsupportedAudioException("The WebM is broken: connect again and record anew.");
    }
}
