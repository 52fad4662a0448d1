package app.veza.eventstore;

import app.veza.embedded.NatsServer;
import app.veza.embedded.NatsServerOptions;

/** One embedded NATS server. */
record SingleServer(NatsServer server) implements LogServers {

    static SingleServer start(long maxFileStoreBytes) {
        return new SingleServer(NatsServer.start(NatsServerOptions.temporary().withMaxFileStore(maxFileStoreBytes)));
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
    public void restart() {
        server.restart();
    }

    @Override
    public void close() {
        server.close();
    }
}
