package app.veza.audio.hls;

import app.veza.audio.hls.Boxes.Box;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a fragmented MP4 of several audio tracks as an encoder writes it on a pipe, down to its frames. */
public final class FragmentReader {

    private static final int MOST_BOX_BYTES = 1 << 20;
    private static final int TRACK_DATA_OFFSET = 0x1;
    private static final int TRACK_DESCRIPTION = 0x2;
    private static final int TRACK_DURATION = 0x8;
    private static final int TRACK_SIZE = 0x10;
    private static final int DATA_OFFSET = 0x1;
    private static final int FIRST_FLAGS = 0x4;
    private static final int DURATIONS = 0x100;
    private static final int SIZES = 0x200;
    private static final int FLAGS = 0x400;
    private static final int COMPOSITION = 0x800;

    private final DataInputStream in;
    private byte[] fileType = {};
    private byte @Nullable [] fragment;

    public FragmentReader(InputStream in) {
        this.in = new DataInputStream(in);
    }

    /**
     * @param track from 0
     * @param decodeTime samples that the encoder had written before it on this track
     */
    public record Frame(int track, long decodeTime, byte[] data) {}

    /** What is read. */
    public interface Content {
        /** @param initializations one for each track */
        void initialized(List<byte[]> initializations);

        void frames(List<Frame> frames);
    }

    /** Returns at the end. @throws IOException when it ends within a box or the pipe breaks */
    public void readAll(Content content) throws IOException {
        try {
            while (true) {
                int size;
                try {
                    size = in.readInt();
                } catch (EOFException end) {
                    return;
                }
                byte[] type = in.readNBytes(4);
                if (size < Boxes.HEADER_BYTES || size > MOST_BOX_BYTES) {
                    throw new IOException("The encoder wrote a box of " + size + " bytes");
                }
                byte[] bytes = new byte[size - Boxes.HEADER_BYTES];
                in.readFully(bytes);
                box(new Box(new String(type, StandardCharsets.ISO_8859_1), bytes), content);
            }
        } catch (IllegalArgumentException malformed) {
            throw new IOException("The encoder wrote what is no MP4", malformed);
        }
    }

    private void box(Box box, Content content) {
        switch (box.type()) {
            case "ftyp" -> fileType = box.bytes();
            case "moov" -> content.initialized(Initialization.split(fileType, box.content()));
            case "moof" -> fragment = box.content();
            case "mdat" -> {
                byte[] before = fragment;
                if (before != null) {
                    content.frames(frames(before, box.content()));
                }
            }
            default -> {
                // indexes and the like
            }
        }
    }

    private static List<Frame> frames(byte[] moof, byte[] data) {
        var frames = new ArrayList<Frame>();
        for (Box box : Boxes.parse(moof)) {
            if (box.type().equals("traf")) {
                track(box, data, moof.length + Boxes.HEADER_BYTES, frames);
            }
        }
        return frames;
    }

    private static void track(Box traf, byte[] data, int fragmentBytes, List<Frame> frames) {
        ByteBuffer header = traf.require("tfhd").buffer();
        int given = header.getInt() & 0xFFFFFF;
        int track = header.getInt() - 1;
        header.position(header.position()
                + ((given & TRACK_DATA_OFFSET) != 0 ? 8 : 0)
                + ((given & TRACK_DESCRIPTION) != 0 ? 4 : 0));
        int usualDuration = (given & TRACK_DURATION) != 0 ? header.getInt() : Frames.SAMPLES;
        int usualSize = (given & TRACK_SIZE) != 0 ? header.getInt() : -1;
        ByteBuffer time = traf.require("tfdt").buffer();
        long decodeTime = time.get(0) == 1 ? time.getLong(4) : time.getInt(4) & 0xFFFFFFFFL;
        for (Box box : traf.children()) {
            if (!box.type().equals("trun")) {
                continue;
            }
            ByteBuffer run = box.buffer();
            int flags = run.getInt() & 0xFFFFFF;
            int count = run.getInt();
            if ((flags & DATA_OFFSET) == 0 || ((flags & SIZES) == 0 && usualSize < 0)) {
                throw new IllegalArgumentException("A run without offset or sizes: flags " + flags);
            }
            int place = run.getInt() - fragmentBytes - Boxes.HEADER_BYTES;
            if ((flags & FIRST_FLAGS) != 0) {
                run.getInt();
            }
            for (int i = 0; i < count; i++) {
                int duration = (flags & DURATIONS) != 0 ? run.getInt() : usualDuration;
                int size = (flags & SIZES) != 0 ? run.getInt() : usualSize;
                if ((flags & FLAGS) != 0) {
                    run.getInt();
                }
                if ((flags & COMPOSITION) != 0) {
                    run.getInt();
                }
                frames.add(new Frame(track, decodeTime, java.util.Arrays.copyOfRange(data, place, place + size)));
                place += size;
                decodeTime += duration;
            }
        }
    }
}
