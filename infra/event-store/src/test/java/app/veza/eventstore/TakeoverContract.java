package app.veza.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Three processes append to one log; the one that sequences, and NATS' leader, are killed and paused under load. Afterwards what each was
 * told is compared with the log, and what only one could win was won once.
 */
abstract class TakeoverContract extends LogFixture {
    private static final Logger LOG = LoggerFactory.getLogger(TakeoverContract.class);
    private static final Duration SOAK = Duration.ofMinutes(Integer.getInteger("veza.soak.minutes", 3));
    private static final int NODES = 3;
    /** After kill -9 or a pause, until an append is acknowledged again. */
    private static final Duration TAKEOVER = Duration.ofSeconds(2);

    private final Random random = new Random();
    private final LoadHistory history = new LoadHistory();
    private final AtomicInteger lives = new AtomicInteger();
    private final List<Duration> takeovers = new ArrayList<>();
    private final List<LoadNode> nodes = new ArrayList<>();
    private EventLogConfig config;
    private String logId;

    @AfterEach
    void goOn() throws InterruptedException {
        end();
        suite().servers().restart();
    }

    private void end() throws InterruptedException {
        for (LoadNode node : nodes) {
            node.kill();
        }
    }

    @BeforeEach
    void begin() {
        config = config(directory.resolve("index"));
        try (EventLog log = TestLog.open(elsewhere(config, directory.resolve("first")))) {
            logId = log.logId();
        }
        for (int i = 0; i < NODES; i++) {
            nodes.add(start(i));
        }
        awaitAppends("the nodes started");
    }

    @Test
    void theSequencingNodeIsKilledAndPaused() throws Exception {
        killSequencer();
        pauseSequencer();
        killSequencer();
        assertHistory();
        assertMostTakeoversAreSoon();
    }

    @Test
    void theSequencingNodeAndTheStreamsLeaderAreKilled() throws Exception {
        killSequencer();
        killLeader();
        pauseSequencer();
        assertHistory();
    }

    @Test
    @Tag("soak")
    void allOfThatForMinutes() throws Exception {
        for (long until = System.nanoTime() + SOAK.toNanos(); System.nanoTime() < until; ) {
            switch (random.nextInt(4)) {
                case 0 -> killSequencer();
                case 1 -> pauseSequencer();
                case 2 -> killAny();
                default -> killLeader();
            }
        }
        assertHistory();
    }

    /** With the index that it had, as a node has that is started again. */
    private LoadNode start(int node) {
        return LoadNode.start(
                config, directory.resolve("index" + node), "life" + lives.incrementAndGet(), history::add);
    }

    /** Once all have read the log: on a busy machine a node that was killed takes longer to come back than the next disturbance. */
    private LoadNode sequencer() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(90))
                .until(() -> nodes.stream().allMatch(LoadNode::isOpen)
                        && nodes.stream().filter(LoadNode::sequences).count() == 1);
        history.takeLongestSilence();
        return nodes.stream().filter(LoadNode::sequences).findFirst().orElseThrow();
    }

    private void killSequencer() throws InterruptedException {
        kill(sequencer());
        takeovers.add(awaitAppends("the sequencing node was killed"));
    }

    private void killAny() throws InterruptedException {
        sequencer();
        kill(nodes.get(random.nextInt(NODES)));
        awaitAppends("a node was killed");
    }

    private void kill(LoadNode node) throws InterruptedException {
        node.kill();
        int number = nodes.indexOf(node);
        nodes.set(number, start(number));
    }

    /** Longer than the lease holds, and then it goes on as if nothing had happened. */
    private void pauseSequencer() throws Exception {
        LoadNode paused = sequencer();
        paused.pause();
        try {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> nodes.stream().anyMatch(node -> node != paused && node.sequences()));
            takeovers.add(awaitAppends("the sequencing node was paused"));
        } finally {
            paused.resume();
        }
        awaitAppends("the paused node went on");
    }

    private void killLeader() {
        sequencer();
        LogServers servers = suite().servers();
        servers.killLeader(config.streamName());
        if (servers.replicas() > 1) {
            awaitAppends("the stream's leader was killed");
        }
        servers.restart();
        awaitAppends("the stream's leader came back");
    }

    /** @return the longest time without an append, since there was one node that sequences and all others followed */
    private Duration awaitAppends(String after) {
        long began = System.nanoTime();
        int wanted = history.appended() + 500 + random.nextInt(1500);
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> history.appended() > wanted);
        Duration silence = history.takeLongestSilence();
        LOG.info(
                "After {} appends went on: {} ms, longest silence {} ms, {} unsettled so far",
                after,
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began),
                silence.toMillis(),
                history.unsettled());
        return silence;
    }

    /** Not each of them: the machine may have other things to do for a second, once. */
    private void assertMostTakeoversAreSoon() {
        List<Duration> sorted = takeovers.stream().sorted().toList();
        assertThat(sorted.get(sorted.size() / 2)).as("median of %s", sorted).isLessThan(TAKEOVER);
    }

    /** As an index tells it that is built from the log alone. */
    private void assertHistory() throws InterruptedException {
        end();
        try (EventLog log = TestLog.open(config)) {
            List<RecordedEvent> events = TestLog.all(log);
            assertThat(log.logId()).as("nobody took it for another log").isEqualTo(logId);
            history.assertIsThatOf(events);
            history.assertEachPrizeWasWonOnce(events);
            assertThat(events).extracting(RecordedEvent::position).doesNotHaveDuplicates();
            LOG.info(
                    "{} events of {} lives, {} appends told, {} unsettled",
                    events.size(),
                    lives.get(),
                    history.appended(),
                    history.unsettled());
            history.repeatUnsettled(log, events);
        }
    }
}
