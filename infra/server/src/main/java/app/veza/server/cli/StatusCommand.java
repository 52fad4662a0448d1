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
        RunState state = RunState.require(directory);
        PlatformStatus status = PlatformStatus.of(directory, state);
        spec.commandLine().getOut().println(json ? status.json() : StatusTable.of(status));
        return 0;
    }
}
