package app.veza.server.export;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Ends for who takes what is sent so slowly that it could go on for ever: less than 32 KiB a second, after a minute. What counts is how
 * long is waited for them, not how long it takes to gather what they are sent.
 */
final class PacedOutput extends FilterOutputStream {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final long LEAST_BYTES_PER_SECOND = 32 * 1024;

    private final LongSupplier nanoTime;
    private long sent;
    private long waited;

    PacedOutput(OutputStream out, LongSupplier nanoTime) {
        super(out);
        this.nanoTime = nanoTime;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        long before = nanoTime.getAsLong();
        out.write(bytes, from, length);
        waited += nanoTime.getAsLong() - before;
        sent += length;
        Duration allowed = PATIENCE.plusSeconds(sent / LEAST_BYTES_PER_SECOND);
        if (waited > allowed.toNanos()) {
            throw new IOException(
                    "The export is taken too slowly: " + sent + " bytes in " + allowed.toSeconds() + " s");
        }
    }
}
