package app.veza.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Starts child processes that die with this one, however it dies.
 *
 * <p>The kernel sends the parent-death signal when the <em>thread</em> that forked ends, not the process; hence one
 * thread that never ends starts them all. Each child is in a session of its own: Ctrl-C in a terminal reaches this process
 * only, which then stops its children in good order.
 */
final class Spawner {

    private static final ExecutorService PERMANENT_THREAD = Executors.newSingleThreadExecutor(
            task -> Thread.ofPlatform().name("veza-spawner").daemon().unstarted(task));

    private Spawner() {}

    /** @param deathSignal the signal that the child gets when this process dies
     *  @param before programs that run the command with other credentials, before the signal is set: the kernel clears it
     *      when credentials change */
    static Process spawn(List<String> before, String deathSignal, List<String> command, Path log) {
        var whole = new ArrayList<String>();
        whole.add(Tools.find("setsid"));
        whole.addAll(before);
        whole.addAll(List.of(Tools.find("setpriv"), "--pdeathsig", deathSignal, "--"));
        whole.addAll(command);
        var builder = new ProcessBuilder(whole)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        try {
            return PERMANENT_THREAD
                    .submit(() -> {
                        Process process = builder.start();
                        process.getOutputStream().close();
                        return process;
                    })
                    .get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw new EmbeddedPlatformException(
                        "Cannot start " + command.getFirst() + " (" + io.getMessage() + ").", io);
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedPlatformException("Interrupted while starting " + command.getFirst() + ".", e);
        }
    }

    /** Sends a signal by its short name, as in kill(1). The shell's own kill: the program of that name may be missing. */
    static void signal(long pid, String signal) {
        try {
            Process kill = new ProcessBuilder("/bin/sh", "-c", "kill -" + signal + " " + pid)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            // Fails only when the process is gone, which is what its caller waits for anyway
            kill.waitFor(5, TimeUnit.SECONDS);
        } catch (IOException e) {
            throw new EmbeddedPlatformException("Cannot run /bin/sh (" + e.getMessage() + ").", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedPlatformException("Interrupted while signalling process " + pid + ".", e);
        }
    }
}
