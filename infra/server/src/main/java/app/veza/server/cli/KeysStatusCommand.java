package app.veza.server.cli;

import app.veza.eventstore.personal.KeyRotation;
import java.io.PrintWriter;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code veza keys status}. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Tells how many keys there are, and which master keys wrapped them.")
final class KeysStatusCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @ParentCommand
    private KeysCommand keys;

    @Option(names = "--json", description = "For programs.")
    private boolean json;

    @Override
    public Integer call() {
        KeyAccess access = keys.access();
        KeyRotation.Status status = access.keys().status();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(JsonMapper.shared().writeValueAsString(status));
            return 0;
        }
        out.printf("People with a key    %,d%n", status.subjects());
        out.printf("People erased        %,d%n", status.erased());
        out.printf("Master key           %s in %s%n", status.currentMasterKey(), access.whereMasterKeysAre());
        new TreeMap<>(status.keys())
                .forEach((id, count) -> out.printf(
                        "  %,d keys wrapped by %s%s%n",
                        count,
                        id,
                        id.equals(status.currentMasterKey()) ? "" : ", to be wrapped again: './veza keys rotate'"));
        return 0;
    }
}
