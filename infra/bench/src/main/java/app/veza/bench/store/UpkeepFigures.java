package app.veza.bench.store;

import app.veza.bench.CpuClock;
import app.veza.bench.Figures;
import app.veza.eventstore.EventLogConfig;
import app.veza.eventstore.LogBackup;
import app.veza.eventstore.LogDamage;
import app.veza.eventstore.LogMark;
import app.veza.eventstore.LogRestore;
import app.veza.eventstore.LogVerifier;
import java.io.IOException;
import java.util.List;

/** Verifying, backing up and restoring a log that nobody uses meanwhile. */
final class UpkeepFigures {

    private final EventLogConfig config;
    private final FileBackups backups;
    private final CpuClock clock;
    private final Figures figures;

    UpkeepFigures(EventLogConfig config, FileBackups backups, CpuClock clock, Figures figures) {
        this.config = config;
        this.backups = backups;
        this.clock = clock;
        this.figures = figures;
    }

    private interface Work {
        /** @return events gone through */
        long run() throws IOException;
    }

    void measure() throws IOException {
        rate("the log verified", this::verify);
        rate("a whole backup, into files", this::backup);
        rate("the log restored from it: backup verified, stream filled", this::restore);
    }

    private void rate(String what, Work work) throws IOException {
        CpuClock.Reading before = clock.read();
        long start = System.nanoTime();
        double events = work.run();
        double seconds = (System.nanoTime() - start) / 1e9;
        CpuClock.Reading cpu = clock.read().since(before);
        figures.add(
                what,
                "-",
                "%,.0f events/s; CPU an event %.1f us here, %.1f us in NATS",
                events / seconds,
                cpu.client() / 1e3 / events,
                cpu.server() / 1e3 / events);
    }

    private long verify() throws IOException {
        try (LogVerifier log = LogVerifier.connect(config)) {
            return log.verify(log.origin(), LISTENER).reached().position();
        }
    }

    private long backup() throws IOException {
        return new LogBackup(config, backups, List.of())
                .run(false, LogBackup.Listener.SILENT)
                .lastPosition();
    }

    private long restore() throws IOException {
        var replace = new LogRestore.Request(0, "", true, false, "");
        return new LogRestore(config, backups, List.of()).run(replace, SILENT).position();
    }

    private static final LogVerifier.Listener LISTENER = new LogVerifier.Listener() {
        @Override
        public void damaged(LogDamage damage) {
            throw new IllegalStateException("The bench's log is damaged: " + damage);
        }

        @Override
        public boolean progressed(LogMark reached, long readSequence) {
            return true;
        }
    };

    private static final LogRestore.Listener SILENT = new LogRestore.Listener() {
        @Override
        public void step(String what, long positions) {}

        @Override
        public void progressed(long position, long readSequence, long lastSequence) {}
    };
}
