package app.veza.server.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code veza projections}. */
@Command(
        name = "projections",
        mixinStandardHelpOptions = true,
        subcommands = DeadLettersCommand.class,
        description = "Looks after the read models of the running platform.")
final class ProjectionsCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: dead-letters");
    }
}
