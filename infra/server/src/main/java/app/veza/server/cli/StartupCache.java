package app.veza.server.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The JDK's ahead-of-time cache (JEP 514) of a node's loaded classes and profiles, which halves the work of a start. The
 * first node that ever runs of a product records it, and every later start uses it.
 *
 * @param file beside the product's jars, whose paths and times the JDK checks; of one JDK version
 */
record StartupCache(Path file) {

    private static final Logger log = LoggerFactory.getLogger(StartupCache.class);
    private static final long ASSEMBLY_SECONDS = 120;
    private static final long LOOK_MILLIS = 100;

    /** Empty when the product is not one jar with its libraries beside it: in tests, in an IDE, in a read-only place. */
    static Optional<StartupCache> ofThisProduct() {
        Path jar =
                Path.of(System.getProperty("java.class.path").split(":", 2)[0]).toAbsolutePath();
        boolean single = !System.getProperty("java.class.path").contains(":") && Files.isRegularFile(jar);
        Path directory = jar.getParent();
        return single && directory != null && Files.isWritable(directory)
                ? Optional.of(new StartupCache(directory.resolve("node-" + Runtime.version() + ".aot")))
                : Optional.empty();
    }

    boolean isThere() {
        return Files.isRegularFile(file);
    }

    /** Flags of a start that uses the cache; none as long as it is not there. */
    List<String> use() {
        return isThere() ? List.of("-XX:AOTCache=" + file) : List.of();
    }

    /** Flags of the start that records it. */
    List<String> record() {
        return List.of("-XX:AOTCacheOutput=" + unfinished());
    }

    /** Ends the recording of a node that has started, and waits until the cache is written; the node serves meanwhile. */
    void finish(Node recording, StopSignal stop) throws InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        try {
            Process end = new ProcessBuilder(jcmd.toString(), Long.toString(recording.pid()), "AOT.end_recording")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(ASSEMBLY_SECONDS);
            while (end.isAlive()) {
                if (stop.await(LOOK_MILLIS) || System.nanoTime() - deadline > 0) {
                    end.destroyForcibly();
                    return;
                }
            }
            Files.move(unfinished(), file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            // only speed is lost: the next start records again
            log.warn("Starts stay slow because their cache could not be written: {}", e.toString());
        }
    }

    private Path unfinished() {
        return file.resolveSibling(
                file.getFileName() + "." + ProcessHandle.current().pid());
    }
}
