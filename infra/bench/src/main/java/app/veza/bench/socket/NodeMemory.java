package app.veza.bench.socket;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the node of a process holds in memory, after a collection. In bytes. */
record NodeMemory(long heap, long resident) {

    /** Of each generation of the parallel collector; its spaces, and what is no heap, have no total. */
    private static final Pattern USED = Pattern.compile("\\btotal \\d+K, used (\\d+)K");

    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

    static NodeMemory of(long pid) throws IOException, InterruptedException {
        jcmd(pid, "GC.run");
        Matcher used = USED.matcher(jcmd(pid, "GC.heap_info"));
        long heap = 0;
        while (used.find()) {
            heap += Long.parseLong(used.group(1)) * 1024;
        }
        Matcher resident = RESIDENT.matcher(Files.readString(Path.of("/proc/" + pid + "/status")));
        if (heap == 0 || !resident.find()) {
            throw new IllegalStateException("The memory of process %d cannot be read".formatted(pid));
        }
        return new NodeMemory(heap, Long.parseLong(resident.group(1)) * 1024);
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
