package app.veza.server.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whoever asks how the platform is costs it next to nothing, and learns nothing of where its parts are. */
class PlatformHealthTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicLong now = new AtomicLong();

    private PlatformHealth platform(StoreHealthChecks.Look look) {
        return new PlatformHealth(List.of(StoreHealthChecks.named("part", look)), now::get);
    }

    private static PartHealth look(PlatformHealth platform) {
        try {
            return platform.look().get("part");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    @Test
    void manyWhoAskAtOnceAreOneLookAndSoAreThoseWhoComeSoonAfter() {
        var open = new CountDownLatch(1);
        PlatformHealth platform = platform(() -> {
            calls.incrementAndGet();
            open.await();
            return Map.of();
        });
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var asked = new AtomicInteger();
            List<CompletableFuture<PartHealth>> answers = IntStream.range(0, 50)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> {
                                asked.incrementAndGet();
                                return look(platform);
                            },
                            callers))
                    .toList();
            await().atMost(LONG).until(() -> asked.get() == 50);
            open.countDown();
            assertThat(answers)
                    .allSatisfy(answer -> assertThat(answer.join().isUp()).isTrue());
        }
        now.addAndGet(PlatformHealth.FRESH.toNanos() - 1);
        look(platform);
        assertThat(calls).hasValue(1);
        now.addAndGet(1);
        look(platform);
        assertThat(calls).hasValue(2);
    }

    /** Who has waited long enough gives up for all, and the next look is another. */
    @Test
    void whoHangsIsDownAndAskedAgain() {
        var hangs = new CountDownLatch(1);
        PlatformHealth platform = platform(() -> {
            if (calls.incrementAndGet() == 1) {
                now.addAndGet(Duration.ofSeconds(3).toNanos());
                hangs.await();
            }
            return Map.of();
        });
        PartHealth hung = look(platform);
        assertThat(hung.status()).isEqualTo(PartHealth.Status.DOWN);
        assertThat(hung.error()).isEqualTo("no answer within 2000 ms");
        assertThat(look(platform).isUp()).isTrue();
    }

    @Test
    void whatOthersSayOfAFailureIsForTheNodesLogAlone() {
        PartHealth health = look(platform(() -> {
            throw new IOException("Connection to db7.internal:5432 refused");
        }));
        assertThat(health.status()).isEqualTo(PartHealth.Status.DOWN);
        assertThat(health.error()).doesNotContain("db7", "5432", "refused").contains("the node's log");
        assertThat(look(platform(() -> {
                            throw new DownException("is a standby");
                        }))
                        .error())
                .isEqualTo("is a standby");
    }
}
