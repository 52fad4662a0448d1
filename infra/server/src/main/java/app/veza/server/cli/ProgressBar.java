package app.veza.server.cli;

import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;

/** How far something is, how fast and how long still: one line that is drawn again on a terminal, now and then a new one elsewhere. */
final class ProgressBar {
    private static final int WIDTH = 30;
    private static final long DRAWN_AGAIN = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long TOLD_AGAIN = TimeUnit.SECONDS.toNanos(10);

    private final PrintWriter err;
    private final boolean terminal;
    private String what = "";
    private long total;
    private long first = -1;
    private long begun;
    private long next;

    ProgressBar(PrintWriter err) {
        this(err, System.console() != null && System.console().isTerminal());
    }

    ProgressBar(PrintWriter err, boolean terminal) {
        this.err = err;
        this.terminal = terminal;
    }

    /** @param total 0 when it is not known */
    void begin(String what, long total) {
        end();
        this.what = what;
        this.total = total;
        this.first = -1;
        this.begun = System.nanoTime();
        this.next = begun + (terminal ? 0 : TOLD_AGAIN);
    }

    /** As {@link #at(long)}, where the end moves on too. */
    void at(long done, long movedTotal) {
        total = movedTotal;
        at(done);
    }

    void at(long done) {
        long now = System.nanoTime();
        if (first < 0) {
            first = done;
        }
        if (now - next < 0) {
            return;
        }
        next = now + (terminal ? DRAWN_AGAIN : TOLD_AGAIN);
        double seconds = Math.max(1e-3, (now - begun) / 1e9);
        String line = line(done, (done - first) / seconds);
        if (terminal) {
            err.print("\r\033[K" + line);
            err.flush();
        } else {
            err.println(line);
        }
    }

    private String line(long done, double rate) {
        if (total <= 0) {
            return "%s: %,d, %,.0f/s".formatted(what, done, rate);
        }
        double part = Math.clamp((double) done / total, 0, 1);
        int full = (int) (part * WIDTH);
        long left = rate > 0 ? (long) ((total - done) / rate) : -1;
        return "%s [%s%s] %3.0f %%  %,d of %,d, %,.0f/s%s"
                .formatted(
                        what,
                        "#".repeat(full),
                        ".".repeat(WIDTH - full),
                        100 * part,
                        done,
                        total,
                        rate,
                        left < 0 ? "" : ", %d:%02d left".formatted(left / 60, left % 60));
    }

    /** Leaves a clean line for what comes next. */
    void end() {
        if (terminal && !what.isEmpty()) {
            err.print("\r\033[K");
            err.flush();
        }
    }
}
