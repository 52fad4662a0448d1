package app.veza.eventstore;

import app.veza.embedded.NatsCluster;
import app.veza.embedded.NatsClusterOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** Three embedded NATS servers. */
record ServerCluster(NatsCluster cluster, Path directory) implements LogServers {

    static ServerCluster start(long maxFileStoreBytes) {
        Path directory = Directories.temporary();
        return new ServerCluster(
                NatsCluster.start(NatsClusterOptions.in(directory).withMaxFileStore(maxFileStoreBytes)), directory);
    }

    private static IntStream all() {
        return IntStream.range(0, NatsCluster.SIZE);
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
        all().forEach(cluster::pause);
    }

    @Override
    public void resume() {
        all().forEach(cluster::resume);
    }

    @Override
    public void kill() {
        all().forEach(cluster::kill);
    }

    @Override
    public void stop() {
        all().forEach(this::stop);
    }

    void stop(int server) {
        SingleServer.stop(cluster.pid(server));
    }

    @Override
    public List<Path> stores() {
        return all().mapToObj(this::of).toList();
    }

    @Override
    public void killLeader(String stream) {
        cluster.kill(cluster.leaderOf(stream));
    }

    /** Two that are missing can only be waited for together. */
    @Override
    public void restart() {
        int[] killed = all().filter(server -> !cluster.isRunning(server)).toArray();
        if (killed.length == 1) {
            cluster.restart(killed[0]);
        } else if (killed.length > 1) {
            cluster.restartAll();
        }
    }

    @Override
    public void copyTo(Path copy) {
        all().forEach(server -> Directories.copy(data(server), copy.resolve(name(server))));
    }

    @Override
    public void bringBack(Path copy) {
        all().forEach(server -> Directories.replace(data(server), copy.resolve(name(server))));
    }

    /** All that a server of the cluster has. */
    Path of(int server) {
        return directory.resolve(name(server));
    }

    private Path data(int server) {
        return of(server).resolve("jetstream");
    }

    static String name(int server) {
        return "nats-" + (server + 1);
    }

    @Override
    public void close() {
        cluster.close();
        IndexFiles.delete(directory);
    }
}
