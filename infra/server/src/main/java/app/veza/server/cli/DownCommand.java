package app.veza.server.cli;

import app.veza.server.cli.LauncherLock.Holder;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code veza down}. */
@Command(
        name = "down",
        mixinStandardHelpOptions = true,
        description = "Stops the platform and waits until it has stopped.")
final class DownCommand implements Callable<Integer> {

    private static final Duration STOP_TIME = Duration.ofSeconds(90);
    private static final long LOOK_MILLIS = 50;

    @Spec
    private CommandSpec spec;

    @Mixin
    private DataOption data;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        DataDirectory directory = data.directory();
        Optional<Holder> launcher = LauncherLock.holder(directory);
        if (launcher.isEmpty()) {
            out.println("Veza does not run on " + directory.root() + ": there is nothing to stop.");
            return 0;
        }
        if (!launcher.get().isLauncher()) {
            throw launcher.get().isAtWork(directory);
        }
        ProcessHandle.of(launcher.get().pid()).ifPresent(ProcessHandle::destroy);
        long deadline = System.nanoTime() + STOP_TIME.toNanos();
        while (LauncherLock.holder(directory).equals(launcher)) {
            if (System.nanoTime() - deadline > 0) {
                throw new CommandFailure(
                        "The launcher (pid %d) has not stopped within %d s: %s tells why, and kill -9 ends it and all it started."
                                .formatted(launcher.get().pid(), STOP_TIME.toSeconds(), directory.launcherLog()));
            }
            Thread.sleep(LOOK_MILLIS);
        }
        out.println("Veza has stopped.");
        return 0;
    }
}
