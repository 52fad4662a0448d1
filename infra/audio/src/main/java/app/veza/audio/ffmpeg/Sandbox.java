package app.veza.audio.ffmpeg;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the artifact's programs with little to do harm with: bounded memory, processor time, files and file sizes, no new
 * privileges, nothing of our environment, no network where the machine lets us take it away; and dead when we are.
 */
public class Sandbox {

    private static final Logger log = LoggerFactory.getLogger(Sandbox.class);

    /** The kernel's death signal belongs to the thread that forks: one that never ends. */
    private static final ExecutorService PERMANENT_THREAD = Executors.newSingleThreadExecutor(
            task -> Thread.ofPlatform().name("veza-audio-spawner").daemon().unstarted(task));

    private static final List<List<String>> NETWORK_WALLS = List.of(
            List.of("unshare", "--net"), List.of("unshare", "--user", "--map-current-user", "--net"), List.of());

    private final Ffmpeg ffmpeg;
    private final List<String> networkWall;

    public Sandbox(Ffmpeg ffmpeg) {
        this.ffmpeg = ffmpeg;
        this.networkWall =
                NETWORK_WALLS.stream().filter(Sandbox::works).findFirst().orElseThrow();
        if (networkWall.isEmpty()) {
            log.warn("ffmpeg runs with this machine's network: namespaces are not permitted here (unshare --net). "
                    + "Its protocols are limited to pipes all the same.");
        }
    }

    /**
     * What a child may take.
     *
     * @param addressSpaceMiB virtual memory; resident it takes a tenth of that
     * @param cpuSeconds over its whole life
     * @param fileBytes size of a file that it writes; 0 for one that writes to pipes alone
     */
    public record Limits(int addressSpaceMiB, long cpuSeconds, long fileBytes) {

        /** For a child that lives as long as a broadcaster is connected: a stream takes 2 % of a core. */
        public static Limits live() {
            return new Limits(512, 12 * 3600, 0);
        }

        public static Limits recording() {
            return new Limits(1024, 3600, 8L << 30);
        }
    }

    /**
     * @param program {@code ffmpeg} or {@code ffprobe}
     * @throws FfmpegException when the machine starts none
     */
    public Process start(String program, List<String> arguments, Limits limits) {
        var command = new ArrayList<>(networkWall);
        command.addAll(List.of("setpriv", "--no-new-privs", "--pdeathsig", "KILL", "--", "prlimit"));
        command.add("--as=" + ((long) limits.addressSpaceMiB() << 20));
        command.add("--cpu=" + limits.cpuSeconds());
        command.add("--fsize=" + limits.fileBytes());
        command.addAll(List.of("--core=0", "--nofile=64", "--stack=1048576", "--"));
        command.add(ffmpeg.program(program).toString());
        command.addAll(arguments);
        var builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment()
                .putAll(Map.of(
                        "PATH", "/usr/sbin:/usr/bin:/sbin:/bin",
                        "LD_LIBRARY_PATH", ffmpeg.directory().toString(),
                        // Each arena reserves 64 MiB of the address space that is limited
                        "MALLOC_ARENA_MAX", "2"));
        return spawn(builder);
    }

    private static Process spawn(ProcessBuilder builder) {
        try {
            return PERMANENT_THREAD.submit(builder::start).get();
        } catch (ExecutionException e) {
            throw new FfmpegException(
                    "ffmpeg cannot be started (" + e.getCause().getMessage()
                            + "): setpriv and prlimit of util-linux are needed.",
                    e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FfmpegException("Interrupted while starting ffmpeg.", e);
        }
    }

    private static boolean works(List<String> wall) {
        if (wall.isEmpty()) {
            return true;
        }
        boolean there =
                Stream.of("/usr/bin", "/bin").anyMatch(bin -> Files.isExecutable(Path.of(bin, wall.getFirst())));
        if (!there) {
            return false;
        }
        var command = new ArrayList<>(wall);
        command.add("true");
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            log.debug("{} cannot be run", wall, e);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FfmpegException("Interrupted while looking what this machine permits.", e);
        }
    }
}
