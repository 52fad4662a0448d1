package app.veza.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.gateway.Subscription.Joined;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clients subscribe from random positions while publishers go on, and replay in random pages at random paces, with a
 * buffer so small that it overflows. Whatever the interleaving: every frame after the position, once, in order.
 */
class ReplayTest {
    private static final int CLIENTS = 60;
    private static final int TOPICS = 3;
    private static final int FRAMES_A_TOPIC = 700;

    private final ConcurrentSkipListMap<Long, Integer> log = new ConcurrentSkipListMap<>();
    private final AtomicLong head = new AtomicLong();
    private final AtomicInteger overflows = new AtomicInteger();
    private final CountDownLatch begun = new CountDownLatch(1);
    /** However fast the publishers are, the first client has most frames still before it, and joins when they are done. */
    private final CountDownLatch firstReplayed = new CountDownLatch(1);

    private final CountDownLatch published = new CountDownLatch(TOPICS);

    @ParameterizedTest
    @ValueSource(longs = {1, 20_261_122, 77, 4_408})
    void noGapAndNoDouble(long seed) throws Exception {
        Random random = new Random(seed);
        List<List<Long>> received = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            received.add(Collections.synchronizedList(new ArrayList<>()));
        }
        List<Thread> replays = Collections.synchronizedList(new ArrayList<>());
        long[] from = new long[CLIENTS];
        int[] topic = new int[CLIENTS];
        List<Connection> connections = Collections.synchronizedList(new ArrayList<>());
        GatewayConfig config =
                Fixture.config().replayBufferFrames(4).sendBufferBytes(0).build();
        Route numbered = Route.text("/numbered", Fixture.byToken(), (connection, handshake) -> {
            connections.add(connection);
            return (ignored, text) -> {};
        });
        try (Fixture fixture = Fixture.start(config, builder -> builder.route(numbered));
                ManyClients clients = new ManyClients(
                        fixture.server.port(),
                        CLIENTS,
                        "/numbered",
                        (client, text) -> received.get(client).add(Long.parseLong(text)))) {
            Topics topics = fixture.server.topics();
            List<Thread> publishers = new ArrayList<>();
            for (int t = 0; t < TOPICS; t++) {
                int own = t;
                long pace = random.nextLong();
                publishers.add(Thread.ofPlatform().start(() -> publish(topics, own, new Random(pace))));
            }
            begun.await();
            for (int c = 0; c < CLIENTS; c++) {
                topic[c] = random.nextInt(TOPICS);
                long near = Math.max(0, head.get() + random.nextInt(50) - random.nextInt(400));
                from[c] = c == 0 ? 0 : near;
                Subscription subscription = topics.subscribe("t" + topic[c], connections.get(c), from[c]);
                boolean slow = c == 0;
                long after = from[c];
                int own = topic[c];
                Random pages = new Random(random.nextLong());
                replays.add(Thread.startVirtualThread(() -> replay(subscription, own, after, pages, slow)));
                if (random.nextInt(3) == 0) {
                    Thread.onSpinWait();
                }
            }
            for (Thread thread : publishers) {
                thread.join();
            }
            for (Thread thread : replays) {
                thread.join();
            }
            List<List<Long>> expected = new ArrayList<>();
            for (int c = 0; c < CLIENTS; c++) {
                int own = topic[c];
                expected.add(log.tailMap(from[c], false).entrySet().stream()
                        .filter(entry -> entry.getValue() == own)
                        .map(java.util.Map.Entry::getKey)
                        .toList());
            }
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> java.util.stream.IntStream.range(0, CLIENTS)
                            .allMatch(c ->
                                    received.get(c).size() >= expected.get(c).size()));
            assertThat(received).isEqualTo(expected);
            assertThat(overflows).hasPositiveValue();
        }
    }

    /** History first, then live, as the feed of a log does; topics are published by threads of their own. */
    private void publish(Topics topics, int topic, Random random) {
        for (int i = 0; i < FRAMES_A_TOPIC; i++) {
            long position;
            synchronized (log) {
                position = head.get() + 1;
                log.put(position, topic);
                head.set(position);
            }
            topics.publish("t" + topic, position, Long.toString(position).getBytes(StandardCharsets.UTF_8));
            if (i == 100) {
                begun.countDown();
                until(firstReplayed);
            }
            if (random.nextInt(10) == 0) {
                java.util.concurrent.locks.LockSupport.parkNanos(random.nextInt(200_000));
            }
        }
        published.countDown();
    }

    private static void until(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void replay(Subscription subscription, int topic, long after, Random random, boolean slow) {
        long at = after;
        boolean dawdle = slow;
        while (true) {
            long through = Math.max(at, subscription.replayThrough());
            while (at < through) {
                long page = Math.min(through, at + 1 + random.nextInt(40));
                log.subMap(at, false, page, true).forEach((position, of) -> {
                    if (of == topic) {
                        subscription.replay(position, Long.toString(position).getBytes(StandardCharsets.UTF_8));
                    }
                });
                at = page;
                if (random.nextInt(4) == 0) {
                    Thread.yield();
                }
            }
            assertThat(subscription.connection().whenWritable().join()).isTrue();
            if (dawdle) {
                dawdle = false;
                firstReplayed.countDown();
                until(published);
            }
            Joined joined = subscription.live(at).join();
            if (joined == Joined.LIVE) {
                return;
            }
            assertThat(joined).isEqualTo(Joined.BEHIND);
            overflows.incrementAndGet();
        }
    }
}
