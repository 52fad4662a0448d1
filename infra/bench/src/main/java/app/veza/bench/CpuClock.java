package app.veza.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** CPU time of this process and of a server with all its children, as the kernel counts it. */
public final class CpuClock {

    /** USER_HZ, 100 on every Linux that runs Java. */
    private static final long NANOS_PER_TICK = 10_000_000L;

    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final long server;

    /** @param server its process id */
    public CpuClock(long server) {
        this.server = server;
    }

    /** @param client this process @param server the server's processes; each in nanoseconds */
    public record Reading(long client, long server) {

        public static final Reading ZERO = new Reading(0, 0);

        public Reading since(Reading earlier) {
            return new Reading(client - earlier.client, server - earlier.server);
        }

        public Reading plus(Reading other) {
            return new Reading(client + other.client, server + other.server);
        }
    }

    public Reading read() {
        List<ProcessHandle> children = ProcessHandle.of(server).stream()
                .flatMap(ProcessHandle::descendants)
                .toList();
        long ticks = ticks(server).orElse(0L);
        for (ProcessHandle child : children) {
            ticks += ticks(child.pid()).orElse(0L);
        }
        return new Reading(PROCESS.getProcessCpuTime(), ticks * NANOS_PER_TICK);
    }

    /** User and system time, and those of children that have ended. Empty when the process has. */
    private static Optional<Long> ticks(long pid) {
        String stat;
        try {
            stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
        } catch (java.nio.file.NoSuchFileException ended) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("The CPU time of process %d cannot be read".formatted(pid), e);
        }
        // the name in parentheses may hold blanks; utime is the 14th field, the state behind the name the third
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        long sum = 0;
        for (int field = 14; field <= 17; field++) {
            sum += Long.parseLong(fields[field - 3]);
        }
        return Optional.of(sum);
    }
}
