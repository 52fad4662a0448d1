package app.veza.server.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code veza admin}. */
@Command(
        name = "admin",
        mixinStandardHelpOptions = true,
        subcommands = AdminGrantCommand.class,
        description = "Who administers the platform: the first admin is made here, admins make the others.")
final class AdminCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Mixin
    private DataOption data;

    AdminApi api() {
        return new AdminApi(data.directory());
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say 'admin grant USERNAME'");
    }
}
