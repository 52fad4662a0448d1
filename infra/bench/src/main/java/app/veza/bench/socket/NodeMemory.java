package app.veza.bench.socket;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the node of a process holds in memory, after a collection. In bytes.
 *
 * @param heap what lives in the heap
 * @param resident all that is resident, with what of the heap was used once and is free
 * @param outside resident outside of the heap
 */
record NodeMemory(long heap, long resident, long outside) {

    /** Of each generation of the parallel collector; its spaces, and what is no heap, have no total. */
    private static final Pattern USED = Pattern.compile("\\btotal \\d+K, used (\\d+)K");

    /** From where to where the spaces of the heap are. */
    private static final Pattern SPACE = Pattern.compile("\\[0x([0-9a-f]+), ?0x[0-9a-f]+, ?0x([0-9a-f]+)\\)");

    private static final Pattern MAPPING = Pattern.compile("^([0-9a-f]+)-[0-9a-f]+ ");
    private static final Pattern RESIDENT = Pattern.compile("^Rss:\\s+(\\d+) kB");

    static NodeMemory of(long pid) throws IOException, InterruptedException {
        jcmd(pid, "GC.run");
        String info = jcmd(pid, "GC.heap_info");
        long heap = USED.matcher(info)
                .results()
                .mapToLong(used -> Long.parseLong(used.group(1)) * 1024)
                .sum();
        long start = SPACE.matcher(info)
                .results()
                .mapToLong(space -> address(space.group(1)))
                .min()
                .orElseThrow();
        long end = SPACE.matcher(info)
                .results()
                .mapToLong(space -> address(space.group(2)))
                .max()
                .orElseThrow();
        long resident = 0;
        long outside = 0;
        long mapping = 0;
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/smaps"))) {
            Matcher at = MAPPING.matcher(line);
            Matcher size = RESIDENT.matcher(line);
            if (at.find()) {
                mapping = address(at.group(1));
            } else if (size.find()) {
                long bytes = Long.parseLong(size.group(1)) * 1024;
                resident += bytes;
                outside += mapping >= start && mapping < end ? 0 : bytes;
            }
        }
        if (heap == 0 || resident == 0) {
            throw new IllegalStateException(
                    "Neither jcmd nor /proc say what process %d holds: %s".formatted(pid, info));
        }
        return new NodeMemory(heap, resident, outside);
    }

    private static long address(String hexadecimal) {
        return Long.parseUnsignedLong(hexadecimal, 16);
    }

    private static String jcmd(long pid, String command) throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(pid), command)
                .redirectErrorStream(true)
                .start();
        String output = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (jcmd.waitFor() != 0) {
            throw new IllegalStateException("jcmd %d %s: %s".formatted(pid, command, output));
        }
        return output;
    }
}
