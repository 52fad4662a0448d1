package app.veza.eventstore;

import app.veza.embedded.NatsCluster;
import app.veza.embedded.NatsClusterOptions;
import java.util.stream.IntStream;

/** Three embedded NATS servers. */
record ServerCluster(NatsCluster cluster) implements LogServers {

    static ServerCluster start(long maxFileStoreBytes) {
        return new ServerCluster(
                NatsCluster.start(NatsClusterOptions.temporary().withMaxFileStore(maxFileStoreBytes)));
    }

    @Override
    public String url() {
        return cluster.url();
    }

    @Override
    public int replicas() {
        return NatsCluster.SIZE;
    }

    @Override
    public void pause() {
        IntStream.range(0, NatsCluster.SIZE).forEach(cluster::pause);
    }

    @Override
    public void resume() {
        IntStream.range(0, NatsCluster.SIZE).forEach(cluster::resume);
    }

    @Override
    public void kill() {
        IntStream.range(0, NatsCluster.SIZE).forEach(cluster::kill);
    }

    @Override
    public void restart() {
        cluster.restartAll();
    }

    @Override
    public void close() {
        cluster.close();
    }
}
