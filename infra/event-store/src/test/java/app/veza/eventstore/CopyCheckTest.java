package app.veza.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.embedded.NatsCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whose copy it is that something cannot be read in. */
class CopyCheckTest {
    private static final Duration AT_LAST = Duration.ofSeconds(60);
    /** Longer than a consumer may stand still, and shorter than a request may. */
    private static final long PAUSE_MILLIS = 2_500;

    private final Path directory = Directories.temporary();
    private final ServerCluster servers = ServerCluster.start(0);
    private final NatsCluster cluster = servers.cluster();
    private final EventLogConfig config = EventLogConfig.defaults(servers.url(), directory.resolve("index"))
            .withDurability(Durability.PROCESS, NatsCluster.SIZE);

    @AfterEach
    void stop() {
        servers.close();
        IndexFiles.delete(directory);
    }

    @Test
    void aServerThatIsSlowWhereAnothersCopyIsDamagedIsNotNamed() throws Exception {
        try (EventLog log = TestLog.open(config)) {
            BlockFiles.fill(log, 900);
        }
        int leader = cluster.leaderOf(config.streamName());
        // Copies are read by name: the slow one before it can be told that the other's was met
        List<Integer> followers = IntStream.range(0, NatsCluster.SIZE)
                .filter(server -> server != leader)
                .boxed()
                .toList();
        int slow = followers.getFirst();
        int damaged = followers.getLast();
        servers.stop(damaged);
        BlockFiles.flipABit(
                BlockFiles.of(servers.of(damaged), config.streamName()).blocks().get(1));
        cluster.restart(damaged);
        Verified all = await().atMost(AT_LAST)
                .until(
                        () -> Verified.of(config),
                        verified -> !verified.damages().isEmpty());
        LogDamage damage = all.damages().getFirst();
        assertThat(damage.reason()).contains(ServerCluster.name(damaged));

        try (RawStream stream = RawStream.connect(servers.url(), config.streamName())) {
            var copies = new CopyCheck(stream, 1, stream.log().lastSequence());
            assertThat(copies.upTo(damage.firstSequence() - 1)).isEmpty();
            cluster.pause(slow);
            CompletableFuture<Void> resumed = CompletableFuture.runAsync(
                    () -> cluster.resume(slow), CompletableFuture.delayedExecutor(PAUSE_MILLIS, TimeUnit.MILLISECONDS));
            assertThat(copies.upTo(stream.log().lastSequence())).containsExactly(damage);
            resumed.join();
        }
    }
}
