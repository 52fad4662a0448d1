package app.veza.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** How a nats-server is started. */
record NatsLaunch(Path directory, NatsConfiguration configuration, Path binary) implements ServerProcess.Launch {

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
            var greeting = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            String line = greeting.readLine();
            return line != null && line.startsWith("INFO ") && line.contains(configuration.serverName());
        } catch (IOException notYet) {
            return false;
        }
    }
}
