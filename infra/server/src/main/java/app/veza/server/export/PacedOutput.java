package app.veza.server.export;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Ends for who takes what is sent so slowly that it could go on for ever: less than 32 KiB a second, after a minute. */
final class PacedOutput extends FilterOutputStream {

    private static final Duration FIRST = Duration.ofMinutes(1);
    private static final long LEAST_BYTES_PER_SECOND = 32 * 1024;

    private final LongSupplier nanoTime;
    private final long startedAt;
    private long sent;

    PacedOutput(OutputStream out, LongSupplier nanoTime) {
        super(out);
        this.nanoTime = nanoTime;
        this.startedAt = nanoTime.getAsLong();
    }

    @Override
    public void write(int one) throws IOException {
        out.write(one);
        count(1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        out.write(bytes, from, length);
        count(length);
    }

    private void count(int bytes) throws IOException {
        sent += bytes;
        Duration allowed = FIRST.plusSeconds(sent / LEAST_BYTES_PER_SECOND);
        if (nanoTime.getAsLong() - startedAt > allowed.toNanos()) {
            throw new IOException(
                    "The export is taken too slowly: " + sent + " bytes in " + allowed.toSeconds() + " s");
        }
    }
}
