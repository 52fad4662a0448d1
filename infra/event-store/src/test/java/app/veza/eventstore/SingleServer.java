package app.veza.eventstore;

import app.veza.embedded.NatsServer;
import app.veza.embedded.NatsServerOptions;
import java.nio.file.Path;
import java.util.List;

/** One embedded NATS server. */
record SingleServer(NatsServer server, Path directory) implements LogServers {

    static SingleServer start(long maxFileStoreBytes) {
        Path directory = Directories.temporary();
        NatsServer server = NatsServer.start(NatsServerOptions.in(directory).withMaxFileStore(maxFileStoreBytes));
        // It is started again when the test says so
        server.supervised(false);
        return new SingleServer(server, directory);
    }

    @Override
    public String url() {
        return server.url();
    }

    @Override
    public int replicas() {
        return 1;
    }

    @Override
    public void pause() {
        server.pause();
    }

    @Override
    public void resume() {
        server.resume();
    }

    @Override
    public void kill() {
        server.kill();
    }

    @Override
    public void stop() {
        stop(server.pid());
    }

    /** In good order, so that the server's own index of its streams is whole. */
    static void stop(long server) {
        ProcessHandle process = ProcessHandle.of(server).orElseThrow();
        process.destroy();
        process.onExit().join();
    }

    @Override
    public List<Path> stores() {
        return List.of(directory);
    }

    @Override
    public void killLeader(String stream) {
        server.kill();
    }

    @Override
    public void restart() {
        if (!server.isRunning()) {
            server.restart();
        }
    }

    @Override
    public void copyTo(Path copy) {
        Directories.copy(data(), copy.resolve("jetstream"));
    }

    @Override
    public void bringBack(Path copy) {
        Directories.replace(data(), copy.resolve("jetstream"));
    }

    private Path data() {
        return directory.resolve("jetstream");
    }

    @Override
    public void close() {
        server.close();
        IndexFiles.delete(directory);
    }
}
