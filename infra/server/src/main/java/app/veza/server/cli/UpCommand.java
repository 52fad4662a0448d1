package app.veza.server.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code veza up}. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = "Starts the stores and every role of the server, and stays until Ctrl-C.")
final class UpCommand implements Callable<Integer> {

    private static final int LAST_PORT = 65_535;

    @Spec
    private CommandSpec spec;

    @Mixin
    private DataOption data;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8080",
            description = "Port of the API; the gateway takes the next one. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(names = "--detach", description = "Returns once the platform is healthy; './veza down' stops it.")
    private boolean detach;

    @Option(
            names = "--external",
            paramLabel = "FILE",
            description = "Uses the servers that this properties file names instead of starting embedded ones.")
    private @Nullable Path external;

    @Option(
            names = "--nodes",
            paramLabel = "N",
            defaultValue = "1",
            description = "Server processes behind one set of stores. Default: ${DEFAULT-VALUE}.")
    private int nodes;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        if (nodes != 1) {
            throw new CommandFailure("One node is what this version runs: leave --nodes out or say --nodes 1.");
        }
        if (port < 1 || port + 2 * nodes - 1 > LAST_PORT) {
            throw new CommandFailure("--port %d leaves no room for the ports of the platform: choose one from 1 to %d."
                    .formatted(port, LAST_PORT - 2 * nodes + 1));
        }
        DataDirectory directory = data.directory();
        Supplier<Stores> stores = stores(directory);
        if (detach) {
            new DetachedLauncher(directory, port, nodes, external, out).start();
        } else {
            LauncherLog.writeTo(directory);
            new Launcher(directory, stores, port, nodes, "Ctrl-C stops it.", out).run();
        }
        return 0;
    }

    /** The file is read now: what is wrong with it must be told before anything starts. */
    private Supplier<Stores> stores(DataDirectory directory) {
        if (external == null) {
            return () -> EmbeddedStores.start(directory);
        }
        ExternalStores servers = ExternalStores.read(external);
        return () -> servers;
    }
}
