package app.veza.server.cli;

import picocli.CommandLine;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Of the standard options {@code --help} alone, for a command and all below it: the version is Veza's, and {@code ./veza version} tells it. */
public final class WithoutVersion implements IModelTransformer {

    @Override
    public CommandSpec transform(CommandSpec command) {
        OptionSpec version = command.findOption("--version");
        if (version != null) {
            command.remove(version);
        }
        for (CommandLine below : command.subcommands().values()) {
            transform(below.getCommandSpec());
        }
        return command;
    }
}
