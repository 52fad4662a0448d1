package app.veza.server.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code veza status}. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Tells health, role, position and lag of every part.")
final class StatusCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private DataOption data;

    @Option(names = "--json", description = "For programs: also every connection string, with its password.")
    private boolean json;

    @Override
    public Integer call() {
        DataDirectory directory = data.directory();
        RunState state = RunState.ofRunning(directory).orElseThrow(() -> notRunning(directory));
        PlatformStatus status = PlatformStatus.of(directory, state);
        spec.commandLine().getOut().println(json ? status.json() : StatusTable.of(status));
        return 0;
    }

    private static CommandFailure notRunning(DataDirectory directory) {
        return LauncherLock.holder(directory).isPresent()
                ? new CommandFailure(
                        "Veza on %s starts or stops just now: ask again in a moment.".formatted(directory.root()))
                : new CommandFailure("Veza does not run on %s: './veza up' starts it, and --data names another place."
                        .formatted(directory.root()));
    }
}
