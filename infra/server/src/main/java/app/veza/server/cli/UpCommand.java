package app.veza.server.cli;

import app.veza.embedded.Durability;
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
            description = "Server processes behind one set of stores, from 1 to 5. Default: ${DEFAULT-VALUE}.")
    private int nodes;

    @Option(
            names = "--durability",
            paramLabel = "process|power",
            description = "What an acknowledged event survives: 'process' kill -9, 'power' also a power cut, at a cost."
                    + " Default: as before on this data, at first process.")
    private @Nullable Durability durability;

    @Option(
            names = "--tls",
            description =
                    "https and wss, with a certificate of the data directory's own; see tls/certificate.pem there.")
    private boolean tls;

    @Option(
            names = "--tls-certificate",
            paramLabel = "FILE",
            description = "https and wss with this certificate (PEM, with its chain), read anew when it changes.")
    private @Nullable Path certificate;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "Its private key (PEM, PKCS#8).")
    private @Nullable Path privateKey;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        LaunchPlan plan = new LaunchPlan(data.directory(), port, nodes, external, durability, tls());
        Supplier<Stores> stores = stores(plan, out);
        if (detach) {
            new DetachedLauncher(plan, out).start();
        } else {
            LauncherLog.writeTo(plan.data());
            new Launcher(plan, stores, "Ctrl-C stops it.", out).run();
        }
        return 0;
    }

    private @Nullable TlsFiles tls() {
        if (certificate == null && privateKey == null) {
            return tls ? TlsFiles.ofDevelopment(data.directory()) : null;
        }
        if (certificate == null || privateKey == null) {
            throw new CommandFailure("--tls-certificate and --tls-key go together: name both.");
        }
        return TlsFiles.of(certificate, privateKey);
    }

    /** The file is read now: what is wrong with it must be told before anything starts. */
    private static Supplier<Stores> stores(LaunchPlan plan, PrintWriter out) {
        if (plan.external() == null) {
            return () -> EmbeddedStores.start(plan.data(), LogDurability.choose(plan.data(), plan.durability(), out));
        }
        ExternalStores servers = ExternalStores.read(plan.external());
        return () -> servers;
    }
}
