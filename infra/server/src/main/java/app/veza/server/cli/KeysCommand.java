package app.veza.server.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code veza keys}. */
@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        subcommands = {KeysStatusCommand.class, KeysRotateCommand.class},
        description =
                "Keys of personal data, one for each person, wrapped by a master key; keys that sign access tokens.")
final class KeysCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Mixin
    private DataOption data;

    AdminApi api() {
        return new AdminApi(data.directory());
    }

    KeyAccess access() {
        return KeyAccess.of(data.directory());
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say 'keys status' or 'keys rotate'");
    }
}
