package app.veza.server.cli;

import picocli.CommandLine;

/** What all commands answer to arguments that they do not understand: one sentence on stderr that says what to do. */
public final class Misuse {

    private Misuse() {}

    /** @return the exit code */
    public static int tell(CommandLine.ParameterException wrong) {
        CommandLine command = wrong.getCommandLine();
        String sentence = wrong.getMessage().lines().findFirst().orElse("The arguments are wrong");
        command.getErr()
                .println("veza: " + sentence + " ('./"
                        + command.getCommandSpec().qualifiedName() + " --help' lists the options).");
        return CommandLine.ExitCode.USAGE;
    }
}
