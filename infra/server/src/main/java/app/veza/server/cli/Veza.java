package app.veza.server.cli;

import app.veza.embedded.EmbeddedPlatformException;
import app.veza.eventstore.personal.KeysUnavailableException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands that need Java. The {@code veza} script finds the JDK, builds and then calls this. */
@Command(
        name = "veza",
        subcommands = {
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            EventsCommand.class,
            ProjectionsCommand.class,
            LogCommand.class,
            KeysCommand.class,
            AdminCommand.class
        },
        mixinStandardHelpOptions = true,
        modelTransformer = WithoutVersion.class,
        description = "The chat and live-audio platform.")
public final class Veza {

    private Veza() {}

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Veza())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((wrong, args) -> Misuse.tell(wrong))
                .setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, command));
    }

    private static int failed(Exception failure, CommandLine command) {
        PrintWriter err = command.getErr();
        switch (failure) {
            case CommandFailure expected -> err.println("veza: " + expected.getMessage());
            case EmbeddedPlatformException expected -> err.println("veza: " + expected.getMessage());
            case KeysUnavailableException away ->
                err.println("veza: %s ('./veza status' tells how their database, the primary, is)."
                        .formatted(away.getMessage().lines().findFirst().orElseThrow()));
            // A defect: the trace is what its report needs
            default -> failure.printStackTrace(err);
        }
        return CommandLine.ExitCode.SOFTWARE;
    }
}
