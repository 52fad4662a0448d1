package app.veza.server.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Starts a launcher that outlives this process and its terminal, and waits until its platform is healthy. */
final class DetachedLauncher {

    private static final long LOOK_MILLIS = 50;

    private final LaunchPlan plan;
    private final DataDirectory data;
    private final PrintWriter out;

    DetachedLauncher(LaunchPlan plan, PrintWriter out) {
        this.plan = plan;
        this.data = plan.data();
        this.out = out;
    }

    /** @throws CommandFailure in the words of the launcher, when it gave up */
    void start() throws InterruptedException {
        data.prepare();
        if (LauncherLock.holder(data).isPresent()) {
            throw Launcher.runsAlready(data);
        }
        out.println("Starting Veza in " + data.root() + " ...");
        out.flush();
        Process launcher = spawn();
        Thread abandon = new Thread(launcher::destroy);
        Runtime.getRuntime().addShutdownHook(abandon);
        Optional<RunState> healthy = healthy(launcher.pid());
        while (healthy.isEmpty()) {
            if (launcher.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new CommandFailure(lastWords());
            }
            healthy = healthy(launcher.pid());
        }
        Runtime.getRuntime().removeShutdownHook(abandon);
        out.println(Greeting.text(
                plan.addresses(),
                healthy.get().stores(),
                data,
                "./veza status tells how it is, ./veza down stops it."));
    }

    private Optional<RunState> healthy(long pid) {
        return RunState.ofRunning(data).filter(state -> state.launcherPid() == pid && state.healthy());
    }

    private Process spawn() {
        List<String> command = new ArrayList<>(List.of("setsid"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Veza.class.getName()));
        command.addAll(plan.arguments());
        try {
            Process process = new ProcessBuilder(command)
                    .directory(data.root().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output().toFile())
                    .start();
            process.getOutputStream().close();
            return process;
        } catch (IOException e) {
            throw new CommandFailure(
                    "The launcher cannot be started (%s): it needs setsid (Debian: the package util-linux)."
                            .formatted(e.getMessage()),
                    e);
        }
    }

    private Path output() {
        return data.logs().resolve("launcher.out");
    }

    private String lastWords() {
        String mark = "veza: ";
        try {
            String said = Files.readString(output());
            int sentence = said.lastIndexOf(mark);
            if (sentence >= 0) {
                return said.substring(sentence + mark.length()).strip();
            }
        } catch (IOException e) {
            throw PrivateFile.unwritable(output(), e);
        }
        return "The launcher ended before the platform was healthy: %s tells why.".formatted(output());
    }
}
