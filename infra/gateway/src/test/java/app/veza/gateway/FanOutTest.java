package app.veza.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FanOutTest {
    private static final int SUBSCRIBERS = 1_000;
    private static final int FRAMES = 200;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aThousandSubscribersSeeEachTopicOnceAndInOrderWhileManyPublish() throws Exception {
        String[] topics = {"a", "b", "c", "d"};
        long[][] last = new long[SUBSCRIBERS][topics.length];
        AtomicInteger sequenced = new AtomicInteger();
        AtomicInteger signals = new AtomicInteger();
        AtomicInteger disorder = new AtomicInteger();
        try (Fixture fixture = Fixture.start();
                ManyClients clients = new ManyClients(fixture.server.port(), SUBSCRIBERS, "/ws", (client, text) -> {
                    if (text.startsWith("signal")) {
                        signals.incrementAndGet();
                        return;
                    }
                    int topic = text.charAt(0) - 'a';
                    long position = Long.parseLong(text.substring(1));
                    if (position <= last[client][topic]) {
                        disorder.incrementAndGet();
                    }
                    last[client][topic] = position;
                    sequenced.incrementAndGet();
                })) {
            Topics fanOut = fixture.server.topics();
            await().until(() -> fixture.opened.size() == SUBSCRIBERS);
            for (Connection connection : fixture.opened) {
                for (String topic : topics) {
                    fanOut.subscribe(topic, connection);
                }
            }
            assertThat(fanOut.subscribers("a")).isEqualTo(SUBSCRIBERS);
            // 8,000 subscribes and joins are queued: above the bound signals would be dropped, as they should
            await().until(() -> fixture.meters.get("gateway.queue").gauge().value() == 0);
            AtomicLong positions = new AtomicLong();
            List<Thread> publishers = new ArrayList<>();
            for (String topic : topics) {
                publishers.add(Thread.ofPlatform().start(() -> {
                    for (int i = 0; i < FRAMES; i++) {
                        long position = positions.incrementAndGet();
                        assertThat(fanOut.publish(topic, position, bytes(topic + position)))
                                .isTrue();
                        fanOut.publish(topic, position, bytes("repeated"));
                        if (i % 50 == 0) {
                            fanOut.signal(topic, bytes("signal"));
                        }
                    }
                }));
            }
            for (Thread publisher : publishers) {
                publisher.join();
            }
            int expected = SUBSCRIBERS * topics.length * FRAMES;
            await().atMost(Duration.ofSeconds(30)).until(() -> sequenced.get() == expected);
            assertThat(fixture.count("gateway.signals.dropped")).isZero();
            await().until(() -> signals.get() == SUBSCRIBERS * topics.length * (FRAMES / 50));
            assertThat(disorder).hasValue(0);
            assertThat(fixture.meters.get("gateway.fanout").timer().count()).isPositive();
            assertThat(fixture.count("gateway.slow.readers")).isZero();
        }
    }

    @Test
    void subscriptionsEndByRequestByEvictionAndWithTheConnection() {
        try (Fixture fixture = Fixture.start();
                RawClient first = fixture.connect("/ws")) {
            await().until(() -> fixture.opened.size() == 1);
            RawClient second = fixture.connect("/ws");
            await().until(() -> fixture.opened.size() == 2);
            Topics topics = fixture.server.topics();
            Connection a = fixture.opened.get(0);
            Connection b = fixture.opened.get(1);
            topics.subscribe("t", a);
            topics.subscribe("t", a);
            topics.subscribe("t", b);
            await().until(() -> topics.subscribers("t") == 2);
            topics.publish("t", 1, bytes("one"));
            topics.unsubscribe("t", a);
            topics.publish("t", 2, bytes("two"));
            a.send(bytes("end"));
            assertThat(List.of(first.read().text(), first.read().text())).containsExactly("one", "end");

            Predicate<Principal> everybody = principal -> true;
            topics.unsubscribe("t", 3, everybody, bytes("over"));
            topics.publish("t", 3, bytes("three"));
            b.send(bytes("end"));
            assertThat(List.of(
                            second.read().text(),
                            second.read().text(),
                            second.read().text(),
                            second.read().text()))
                    .containsExactly("one", "two", "over", "end");

            topics.subscribe("u", b, 3);
            await().until(() -> topics.subscribers("u") == 1);
            second.close();
            await().until(() -> !topics.hasSubscribers("u") && !topics.hasSubscribers("t"));
            assertThat(topics.subscribe("u", b).live(3).join()).isEqualTo(Subscription.Joined.ENDED);
            await().until(() -> !topics.hasSubscribers("u"));
        }
    }

    @Test
    void whoWasAdmittedSinceIsNotShutOut() {
        try (Fixture fixture = Fixture.start();
                RawClient client = fixture.connect("/ws")) {
            await().until(() -> fixture.opened.size() == 1);
            Topics topics = fixture.server.topics();
            Connection connection = fixture.opened.getFirst();
            Predicate<Principal> everybody = principal -> true;
            topics.subscribe("t", connection, 0, 7);

            topics.unsubscribe("t", 7, everybody, bytes("shut out before they came back"));
            topics.publish("t", 8, bytes("eight"));
            topics.unsubscribe("t", 9, everybody, bytes("over"));
            topics.publish("t", 10, bytes("ten"));
            connection.send(bytes("end"));

            assertThat(List.of(
                            client.read().text(),
                            client.read().text(),
                            client.read().text()))
                    .containsExactly("eight", "over", "end");
        }
    }

    @Test
    void whoStillReplaysHearsNeitherSignalsNorThatItIsOver() {
        try (Fixture fixture = Fixture.start();
                RawClient client = fixture.connect("/ws")) {
            await().until(() -> fixture.opened.size() == 1);
            Topics topics = fixture.server.topics();
            Connection connection = fixture.opened.getFirst();
            Predicate<Principal> everybody = principal -> true;
            topics.advance(2);
            Subscription goesOn = topics.subscribe("goes on", connection, 0);
            Subscription isShutOut = topics.subscribe("is shut out", connection, 0);
            Subscription isRefused = topics.subscribe("is refused", connection, 0);

            topics.signal("goes on", bytes("too early"));
            topics.unsubscribe("is shut out", 2, everybody, bytes("over"));
            topics.unsubscribe("is refused", 2, everybody, bytes("never heard"));
            connection.send(bytes("reply"));
            isRefused.unsubscribe();
            goesOn.replay(1, bytes("one"));
            assertThat(goesOn.live(2).join()).isEqualTo(Subscription.Joined.LIVE);
            topics.signal("goes on", bytes("signal"));
            assertThat(isShutOut.live(2).join()).isEqualTo(Subscription.Joined.ENDED);
            assertThat(isShutOut.live(2).join()).as("once").isEqualTo(Subscription.Joined.ENDED);
            connection.send(bytes("end"));

            assertThat(IntStream.range(0, 5).mapToObj(frame -> client.read().text()))
                    .containsExactly("reply", "one", "signal", "over", "end");
        }
    }

    @Test
    void aTopicIsClosedForWhoIsLiveAndByWhoStillReplays() {
        try (Fixture fixture = Fixture.start();
                RawClient first = fixture.connect("/ws")) {
            await().until(() -> fixture.opened.size() == 1);
            RawClient second = fixture.connect("/ws");
            await().until(() -> fixture.opened.size() == 2);
            Topics topics = fixture.server.topics();
            topics.advance(2);
            topics.subscribe("t", fixture.opened.get(0), 2);
            Subscription replaying = topics.subscribe("t", fixture.opened.get(1), 0);

            topics.publish("t", 3, bytes("three"));
            topics.close("t", bytes("closed"));
            replaying.replay(1, bytes("one"));
            assertThat(replaying.live(2).join()).isEqualTo(Subscription.Joined.LIVE);
            replaying.unsubscribe(bytes("closed"));
            replaying.unsubscribe(bytes("closed twice"));
            fixture.opened.forEach(connection -> connection.send(bytes("end")));

            assertThat(List.of(
                            first.read().text(),
                            first.read().text(),
                            first.read().text()))
                    .containsExactly("three", "closed", "end");
            assertThat(List.of(
                            second.read().text(),
                            second.read().text(),
                            second.read().text(),
                            second.read().text()))
                    .containsExactly("one", "three", "closed", "end");
            await().until(() -> !topics.hasSubscribers("t"));
        }
    }

    @Test
    void whatIsKeptBackWhileOneReplaysIsBoundedForAllThatTheConnectionFollows() {
        GatewayConfig config =
                Fixture.config().maxQueuedBytes(64 * 1024).sendBufferBytes(0).build();
        try (Fixture fixture = Fixture.start(config);
                RawClient client = fixture.connect("/ws")) {
            await().until(() -> fixture.opened.size() == 1);
            Topics topics = fixture.server.topics();
            Connection connection = fixture.opened.getFirst();
            topics.advance(2);
            Subscription a = topics.subscribe("a", connection, 0);
            Subscription b = topics.subscribe("b", connection, 0);
            String large = "x".repeat(30 * 1024);

            topics.publish("a", 3, bytes("a3" + large));
            topics.publish("b", 4, bytes("b4" + large));
            topics.publish("b", 5, bytes("b5" + large));
            assertThat(b.live(2).join()).isEqualTo(Subscription.Joined.BEHIND);
            assertThat(b.replayThrough()).isEqualTo(5);
            assertThat(a.live(2).join()).isEqualTo(Subscription.Joined.LIVE);
            assertThat(client.read().text()).startsWith("a3");
            topics.publish("b", 6, bytes("b6" + large));
            topics.publish("b", 7, bytes("b7" + large));
            assertThat(b.live(5).join()).as("what a kept back is free again").isEqualTo(Subscription.Joined.LIVE);
            assertThat(client.read().text()).startsWith("b6");
            assertThat(client.read().text()).startsWith("b7");
        }
    }

    @Test
    void aConnectionHasALimitOfSubscriptions() {
        try (Fixture fixture =
                        Fixture.start(Fixture.config().maxSubscriptions(2).build());
                RawClient client = fixture.connect("/ws")) {
            await().until(() -> fixture.opened.size() == 1);
            Topics topics = fixture.server.topics();
            Connection connection = fixture.opened.getFirst();
            topics.subscribe("a", connection).unsubscribe();
            await().until(() -> !topics.hasSubscribers("a"));
            topics.subscribe("b", connection);
            topics.subscribe("c", connection);
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> topics.subscribe("d", connection))
                    .isInstanceOf(TooManySubscriptionsException.class)
                    .hasMessageContaining("2");
            assertThat(client.text("open").read().text()).isEqualTo("open");
        }
    }

    @Test
    void aSharedFrameIsGivenBackByWhoeverTookIt() {
        EncodedFrame frame = EncodedFrame.text(bytes("shared"));
        try (Fixture fixture = Fixture.start();
                RawClient client = fixture.connect("/ws");
                RawClient leaving = fixture.connect("/ws")) {
            await().until(() -> fixture.opened.size() == 2);
            fixture.opened.forEach(connection -> connection.send(frame));
            assertThat(client.read().text()).isEqualTo("shared");
            assertThat(leaving.read().text()).isEqualTo("shared");
            leaving.close();
            await().until(() -> fixture.server.connections() == 1);
            fixture.opened.forEach(connection -> connection.send(frame));
            assertThat(client.read().text()).isEqualTo("shared");
            await().until(() -> frame.references() == 1);
        }
        frame.release();
    }

    @Test
    void aLoopThatIsBehindMakesPublishersWaitAndDropsSignals() throws Exception {
        int frames = 3 * Shard.QUEUE_BOUND;
        CountDownLatch held = new CountDownLatch(1);
        try (Fixture fixture = Fixture.start(Fixture.config().eventLoops(1).build());
                RawClient client = fixture.connect("/ws")) {
            await().until(() -> fixture.opened.size() == 1);
            Connection connection = fixture.opened.getFirst();
            Topics topics = fixture.server.topics();
            topics.subscribe("t", connection);
            connection.execute(() -> {
                try {
                    held.await();
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                }
            });
            Thread publisher = Thread.ofPlatform().start(() -> {
                for (int position = 1; position <= frames; position++) {
                    topics.publish("t", position, bytes(Integer.toString(position)));
                }
            });
            await().until(() -> topics.position() > Shard.QUEUE_BOUND - 10);
            await().during(Duration.ofMillis(200)).until(() -> topics.position() < Shard.QUEUE_BOUND + 10);
            topics.signal("t", bytes("signal"));
            assertThat(fixture.count("gateway.signals.dropped")).isEqualTo(1);
            held.countDown();
            for (int position = 1; position <= frames; position++) {
                assertThat(client.read().text()).isEqualTo(Integer.toString(position));
            }
            publisher.join();
        } finally {
            held.countDown();
        }
    }
}
