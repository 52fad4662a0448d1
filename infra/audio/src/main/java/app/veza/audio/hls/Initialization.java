package app.veza.audio.hls;

import app.veza.audio.hls.Boxes.Box;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** Initialization segments, one a rendition, out of the one movie header that an encoder writes for all of them as tracks. */
public final class Initialization {

    private Initialization() {}

    /**
     * @param fileType the encoder's {@code ftyp}, whole
     * @param movie content of its {@code moov}
     * @return in order of tracks
     */
    public static List<byte[]> split(byte[] fileType, byte[] movie) {
        Box moov = new Box("moov", movie);
        List<Box> tracks = moov.children().stream()
                .filter(box -> box.type().equals("trak"))
                .toList();
        List<Box> defaults = moov.require("mvex").children().stream()
                .filter(box -> box.type().equals("trex"))
                .toList();
        var split = new ArrayList<byte[]>();
        for (int i = 0; i < tracks.size(); i++) {
            byte[] header = Boxes.box(
                    "moov",
                    moov.require("mvhd").bytes(),
                    track(tracks.get(i)),
                    Boxes.box("mvex", defaults.get(i).bytes()));
            split.add(Boxes.joined(List.of(fileType, header)));
        }
        return split;
    }

    /** Without an edit list: it would cut the beginning of a take, where its time is that of the stream. */
    private static byte[] track(Box track) {
        var content = new ByteArrayOutputStream();
        for (Box child : track.children()) {
            if (!child.type().equals("edts")) {
                content.writeBytes(child.bytes());
            }
        }
        return Boxes.box("trak", content.toByteArray());
    }
}
