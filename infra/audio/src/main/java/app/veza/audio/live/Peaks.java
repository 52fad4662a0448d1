package app.veza.audio.live;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The lowest and highest sample of each of many pieces, in the JSON format of the BBC's audiowaveform, which players draw. */
final class Peaks {

    private static final int MOST_PIECES = 1_800;

    private final int samplesPerPiece;
    private final StringBuilder data = new StringBuilder();
    private int pieces;

    /** @param samples that will come, about */
    Peaks(long samples) {
        this.samplesPerPiece = (int) Math.max(1, (samples + MOST_PIECES - 1) / MOST_PIECES);
    }

    /** @param in 16 bit, little endian, one channel */
    void read(InputStream in) throws IOException {
        byte[] bytes = new byte[2 * samplesPerPiece];
        for (int read = in.readNBytes(bytes, 0, bytes.length); read > 1; read = in.readNBytes(bytes, 0, bytes.length)) {
            ByteBuffer samples = ByteBuffer.wrap(bytes, 0, read).order(ByteOrder.LITTLE_ENDIAN);
            int low = Short.MAX_VALUE;
            int high = Short.MIN_VALUE;
            while (samples.remaining() > 1) {
                int sample = samples.getShort();
                low = Math.min(low, sample);
                high = Math.max(high, sample);
            }
            data.append(pieces == 0 ? "" : ",").append(low >> 8).append(',').append(high >> 8);
            pieces++;
        }
    }

    byte[] json(int rate) {
        return "{\"version\":2,\"channels\":1,\"sample_rate\":%d,\"samples_per_pixel\":%d,\"bits\":8,\"length\":%d,\"data\":[%s]}"
                .formatted(rate, samplesPerPiece, pieces, data)
                .getBytes(StandardCharsets.UTF_8);
    }
}
