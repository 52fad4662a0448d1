package app.veza.embedded;

import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** How a Redis server is configured, started and stopped. */
record RedisLaunch(Path directory, int port, String password, Path binary) implements ServerProcess.Launch {

    static final String NAME = "redis";
    private static final String VERSION = "7.0.15";

    /** Out of its Maven artifact; linked statically, so it runs on any Linux. */
    static Path binary(ToolCache cache) {
        return cache.unpacked("redis-" + VERSION, directory -> {
                    String resource = "/redis-server-" + VERSION + "-linux-amd64";
                    try (InputStream executable = RedisLaunch.class.getResourceAsStream(resource)) {
                        if (executable == null) {
                            throw new FileNotFoundException(
                                    "Redis for this machine is not on the class path: " + resource);
                        }
                        Path target = directory.resolve("redis-server");
                        Files.copy(executable, target);
                        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
                    }
                })
                .resolve("redis-server");
    }

    @Override
    public String name() {
        return NAME;
    }

    private Path file() {
        return directory.resolve("redis.conf");
    }

    @Override
    public void prepare() {
        PrivateFiles.directory(directory.resolve("data"));
        // A process title of its own would hide the path that tells whose server it is
        PrivateFiles.write(file(), """
                bind %s
                port %d
                requirepass %s
                dir "%s"
                appendonly yes
                appendfsync everysec
                save ""
                maxmemory 1gb
                maxmemory-policy noeviction
                daemonize no
                set-proc-title no
                """.formatted(Ports.HOST, port, password, directory.resolve("data")));
    }

    @Override
    public List<String> command() {
        return List.of(binary.toString(), file().toString());
    }

    @Override
    public String stopSignal() {
        return "TERM";
    }

    /** It answers PING only once its data is loaded; INFO tells whether it is this process. */
    @Override
    public boolean isReady(long pid) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(Ports.HOST, port), 1000);
            socket.setSoTimeout(1000);
            socket.getOutputStream()
                    .write("AUTH %s\r\nPING\r\nINFO server\r\nQUIT\r\n"
                            .formatted(password)
                            .getBytes(StandardCharsets.US_ASCII));
            var answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            List<String> lines = answer.lines().toList();
            return lines.contains("+PONG") && lines.contains("process_id:" + pid);
        } catch (IOException | java.io.UncheckedIOException notYet) {
            return false;
        }
    }
}
