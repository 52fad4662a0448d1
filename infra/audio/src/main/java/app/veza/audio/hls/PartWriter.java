package app.veza.audio.hls;

import java.nio.ByteBuffer;
import java.util.List;

/** Writes AAC frames as a movie fragment: a part, which with those that follow makes a segment. */
final class PartWriter {

    /** Data offsets count from the fragment's beginning; default duration and flags follow. */
    private static final int TRACK_FLAGS = 0x020000 | 0x000008 | 0x000020;
    /** Each frame can be decoded by itself. */
    private static final int SYNC_SAMPLE = 0x02000000;
    /** A data offset and a size for each frame. */
    private static final int RUN_FLAGS = 0x000001 | 0x000200;

    private PartWriter() {}

    /**
     * @param track id of the rendition's track in its initialization, from 1
     * @param sequence of fragments, from 1
     * @param decodeTime samples of the stream before it
     */
    static byte[] write(int track, int sequence, long decodeTime, List<byte[]> frames) {
        byte[] header = full(0, 0, ByteBuffer.allocate(4).putInt(sequence));
        byte[] trackHeader = full(
                0,
                TRACK_FLAGS,
                ByteBuffer.allocate(12).putInt(track).putInt(Frames.SAMPLES).putInt(SYNC_SAMPLE));
        byte[] time = full(1, 0, ByteBuffer.allocate(8).putLong(decodeTime));
        int runBytes = Boxes.HEADER_BYTES + 4 + 8 + 4 * frames.size();
        int fragmentBytes = Boxes.HEADER_BYTES
                + Boxes.HEADER_BYTES
                + header.length
                + Boxes.HEADER_BYTES
                + Boxes.HEADER_BYTES
                + trackHeader.length
                + Boxes.HEADER_BYTES
                + time.length
                + runBytes;
        ByteBuffer run = ByteBuffer.allocate(8 + 4 * frames.size())
                .putInt(frames.size())
                .putInt(fragmentBytes + Boxes.HEADER_BYTES);
        frames.forEach(frame -> run.putInt(frame.length));
        byte[] fragment = Boxes.box(
                "moof",
                Boxes.box("mfhd", header),
                Boxes.box(
                        "traf",
                        Boxes.box("tfhd", trackHeader),
                        Boxes.box("tfdt", time),
                        Boxes.box("trun", full(0, RUN_FLAGS, run))));
        return Boxes.joined(List.of(fragment, Boxes.box("mdat", frames.toArray(byte[][]::new))));
    }

    private static byte[] full(int version, int flags, ByteBuffer content) {
        return ByteBuffer.allocate(4 + content.capacity())
                .putInt(version << 24 | flags)
                .put(content.array())
                .array();
    }
}
