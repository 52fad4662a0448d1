package app.veza.audio.opus;

import java.util.Arrays;

/** Bytes that arrived and were not understood yet, with a bound. */
final class Pending {

    private byte[] bytes = new byte[4096];
    private int start;
    private int end;
    private long toSkip;

    void add(byte[] more) {
        int skipped = (int) Math.min(toSkip, more.length);
        toSkip -= skipped;
        int length = more.length - skipped;
        if (end + length > bytes.length) {
            byte[] room =
                    size() + length > bytes.length ? new byte[Math.max(size() + length, bytes.length * 2)] : bytes;
            System.arraycopy(bytes, start, room, 0, size());
            end -= start;
            start = 0;
            bytes = room;
        }
        System.arraycopy(more, skipped, bytes, end, length);
        end += length;
    }

    int size() {
        return end - start;
    }

    int at(int index) {
        return bytes[start + index] & 0xFF;
    }

    byte[] copy(int from, int length) {
        return Arrays.copyOfRange(bytes, start + from, start + from + length);
    }

    /** Passes over bytes, also over those that have not come yet. */
    void skip(long count) {
        int here = (int) Math.min(count, size());
        start += here;
        toSkip += count - here;
        if (start == end) {
            start = 0;
            end = 0;
        }
    }
}
