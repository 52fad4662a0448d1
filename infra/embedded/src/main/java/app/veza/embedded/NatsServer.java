package app.veza.embedded;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** NATS with JetStream, 2.12 or later, on the loopback address. */
public final class NatsServer implements EmbeddedServer {

    private final ServerDirectory directory;
    private final NatsConfiguration configuration;
    private final ServerProcess process;

    private NatsServer(ServerDirectory directory, NatsConfiguration configuration, Path binary) {
        this.directory = directory;
        this.configuration = configuration;
        this.process = new ServerProcess(new NatsLaunch(directory.path(), configuration, binary));
    }

    public static NatsServer start(NatsServerOptions options) {
        var directory = ServerDirectory.of(options.directory(), "nats");
        var remembered = RememberedProperties.in(directory.resolve("secrets.properties"));
        String name =
                remembered.get("server-name", () -> "veza-" + Secrets.generate().substring(0, 8));
        return start(options, directory, name, NatsSecrets.in(remembered, options.password()), null);
    }

    static NatsServer start(
            NatsServerOptions options,
            ServerDirectory directory,
            String name,
            NatsSecrets secrets,
            @Nullable NatsRoutes routes) {
        var configuration = new NatsConfiguration(
                name,
                Ports.orFree(options.port()),
                directory.resolve("jetstream"),
                options.durability(),
                options.maxFileStoreBytes(),
                options.maxPayloadBytes(),
                secrets,
                routes);
        var server = new NatsServer(directory, configuration, NatsBinary.locate(ToolCache.ofUser(directory.path())));
        server.process.start();
        return server;
    }

    /** With user and password of the server account, the only one that may publish to {@code veza.events.>}. */
    public String url() {
        return configuration.secrets().serverUrl(configuration.port());
    }

    /** With user and password of the account that watches the servers and sees no data. */
    public String systemUrl() {
        return configuration.secrets().systemUrl(configuration.port());
    }

    public Map<String, String> properties() {
        return Map.of("veza.nats.url", url());
    }

    @Override
    public String name() {
        return NatsLaunch.NAME;
    }

    /** As it calls itself to other servers and in a stream's cluster information. */
    String serverName() {
        return configuration.serverName();
    }

    @Override
    public int port() {
        return configuration.port();
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public boolean isRunning() {
        return process.isRunning();
    }

    @Override
    public void kill() {
        process.kill();
    }

    /** SIGSTOP: it keeps its connections and answers nobody, as on a machine that hangs. */
    public void pause() {
        process.pause();
    }

    /** SIGCONT: it goes on where it was. */
    public void resume() {
        process.resume();
    }

    @Override
    public void restart() {
        process.restart();
    }

    @Override
    public void supervised(boolean on) {
        process.supervised(on);
    }

    @Override
    public void close() {
        process.stop();
        directory.deleteIfTemporary();
    }
}
