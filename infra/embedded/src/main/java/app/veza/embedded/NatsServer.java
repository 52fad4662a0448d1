package app.veza.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** NATS with JetStream, 2.12 or later, on the loopback address. */
public final class NatsServer implements EmbeddedServer {

    private static final String USER = "server";

    private final ServerDirectory directory;
    private final int port;
    private final String password;
    private final ServerProcess process;

    private NatsServer(
            ServerDirectory directory, int port, String password, NatsConfiguration configuration, Path binary) {
        this.directory = directory;
        this.port = port;
        this.password = password;
        this.process = new ServerProcess(new NatsLaunch(directory.path(), configuration, binary));
    }

    public static NatsServer start(NatsServerOptions options) {
        var directory = ServerDirectory.of(options.directory(), "nats");
        var secrets = RememberedProperties.in(directory.resolve("secrets.properties"));
        String password = options.password() != null ? options.password() : secrets.get("password", Secrets::generate);
        int port = Ports.orFree(options.port());
        var configuration = new NatsConfiguration(
                secrets.get("server-name", () -> "veza-" + Secrets.generate().substring(0, 8)),
                port,
                directory.resolve("jetstream"),
                options.durability(),
                USER,
                password,
                secrets.get("system-password", Secrets::generate));
        Path binary = NatsBinary.locate(ToolCache.ofUser(directory.path()));
        var server = new NatsServer(directory, port, password, configuration, binary);
        server.process.start();
        return server;
    }

    /** With user and password of the server account, the only one that may publish to {@code veza.events.>}. */
    public String url() {
        return "nats://" + USER + ":" + password + "@" + Ports.HOST + ":" + port;
    }

    public Map<String, String> properties() {
        return Map.of("veza.nats.url", url());
    }

    @Override
    public String name() {
        return NatsLaunch.NAME;
    }

    @Override
    public int port() {
        return port;
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

    private record NatsLaunch(Path directory, NatsConfiguration configuration, Path binary)
            implements ServerProcess.Launch {

        static final String NAME = "nats";

        @Override
        public String name() {
            return NAME;
        }

        private Path file() {
            return directory.resolve("nats.conf");
        }

        @Override
        public void prepare() {
            PrivateFiles.directory(configuration.storeDirectory());
            PrivateFiles.write(file(), configuration.render());
        }

        @Override
        public List<String> command() {
            return List.of(binary.toString(), "--config", file().toString());
        }

        @Override
        public String stopSignal() {
            return "TERM";
        }

        /** It listens only once JetStream has recovered its streams; the name tells it from another server on this port. */
        @Override
        public boolean isReady(long pid) {
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress(Ports.HOST, configuration.port()), 1000);
                socket.setSoTimeout(1000);
                var greeting =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
                String line = greeting.readLine();
                return line != null && line.startsWith("INFO ") && line.contains(configuration.serverName());
            } catch (IOException notYet) {
                return false;
            }
        }
    }
}
