package app.veza.bench.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A part of the processors that a process has for itself, as a machine of its own would give it: a CPU cgroup, of either version of Linux'. */
final class CpuShare implements AutoCloseable {

    /** Short, so that who has used up its part stands still for milliseconds only. */
    private static final int PERIOD_MICROS = 10_000;

    private final Path directory;

    private CpuShare(Path directory) {
        this.directory = directory;
    }

    /**
     * All of them, until it is {@link #limit limited}. Empty where this process may make no CPU cgroups.
     *
     * @param name of the cgroup, of which there is one: what a run left behind that was killed is used again
     */
    static Optional<CpuShare> of(long process, String name) throws IOException {
        for (Path parent : parents(
                Files.readAllLines(Path.of("/proc/self/mountinfo")),
                Files.readAllLines(Path.of("/proc/self/cgroup")))) {
            var share = new CpuShare(parent.resolve(name));
            try {
                if (!Files.exists(share.directory)) {
                    Files.createDirectory(share.directory);
                }
                share.lift();
                share.write("cgroup.procs", Long.toString(process));
                return Optional.of(share);
            } catch (IOException unwritable) {
                share.close();
            }
        }
        return Optional.empty();
    }

    /**
     * Where a cgroup may be made that limits processors, the likeliest first: in this process's own cgroup or, where such a one may hold
     * processes or cgroups but not both, in one above it.
     *
     * @param mounts lines of {@code /proc/self/mountinfo}
     * @param own lines of {@code /proc/self/cgroup}
     */
    static List<Path> parents(List<String> mounts, List<String> own) {
        List<Path> parents = new ArrayList<>();
        for (String line : own) {
            String[] hierarchy = line.split(":", 3);
            boolean unified = hierarchy[1].isEmpty();
            if (unified || List.of(hierarchy[1].split(",")).contains("cpu")) {
                for (String mount : mounts) {
                    parents.addAll(within(mount.split(" "), unified, Path.of(hierarchy[2])));
                }
            }
        }
        return parents;
    }

    /** @param mount fields: root within the hierarchy and mount point are the fourth and fifth, type and options stand behind a dash */
    private static List<Path> within(String[] mount, boolean unified, Path own) {
        List<String> fields = List.of(mount);
        List<String> kind = fields.subList(fields.indexOf("-") + 1, fields.size());
        boolean limits = unified
                ? kind.getFirst().equals("cgroup2")
                : kind.getFirst().equals("cgroup")
                        && List.of(kind.getLast().split(",")).contains("cpu");
        List<Path> found = new ArrayList<>();
        if (limits) {
            Path root = Path.of(fields.get(3));
            Path top = Path.of(fields.get(4));
            Path below =
                    own.startsWith(root) ? top.resolve(root.relativize(own)).normalize() : top;
            for (Path at = below; at.startsWith(top); at = at.getParent()) {
                found.add(at);
            }
        }
        return found;
    }

    /** @param cores so much processor time in each unit of time */
    void limit(double cores) throws IOException {
        String quota = Long.toString(Math.round(cores * PERIOD_MICROS));
        allow(quota, quota);
    }

    void lift() throws IOException {
        allow("-1", "max");
    }

    private void allow(String microsOfFirstVersion, String microsOfSecond) throws IOException {
        if (Files.exists(directory.resolve("cpu.max"))) {
            write("cpu.max", microsOfSecond + " " + PERIOD_MICROS);
        } else {
            write("cpu.cfs_period_us", Integer.toString(PERIOD_MICROS));
            write("cpu.cfs_quota_us", microsOfFirstVersion);
        }
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(directory.resolve(file), text, StandardOpenOption.WRITE);
    }

    /** Its process has ended. */
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(directory);
    }
}
