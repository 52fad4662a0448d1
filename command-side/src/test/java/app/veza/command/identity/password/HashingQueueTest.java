package app.veza.command.identity.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import app.veza.command.CommandSideConfig;
import app.veza.command.Overloaded;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HashingQueueTest {

    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch released = new CountDownLatch(1);
    private final AtomicInteger begun = new AtomicInteger();

    @AfterEach
    void stopCallers() {
        released.countDown();
        callers.shutdownNow();
    }

    private int work() throws InterruptedException {
        int number = begun.incrementAndGet();
        released.await();
        return number;
    }

    @Test
    void aFullQueueTurnsAwayAtOnceAndServesWhoIsIn() {
        try (var queue = queue(Duration.ofMinutes(1))) {
            // One works, one waits: two of four find no room
            List<CompletableFuture<Integer>> hashings = IntStream.range(0, 4)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> queue.run(this::work), callers))
                    .toList();

            await().untilAsserted(() -> assertThat(hashings)
                    .filteredOn(CompletableFuture::isCompletedExceptionally)
                    .hasSize(2)
                    .allSatisfy(refused -> assertThat(refused.exceptionNow())
                            .isInstanceOfSatisfying(Overloaded.class, overloaded -> {
                                assertThat(overloaded.kind().status()).isEqualTo(503);
                                assertThat(overloaded.retryAfter()).isPositive();
                            })));
            assertThat(begun).hasValue(1);

            released.countDown();
            await().untilAsserted(() -> assertThat(hashings)
                    .filteredOn(hashing -> !hashing.isCompletedExceptionally())
                    .allMatch(CompletableFuture::isDone));
            assertThat(begun).hasValue(2);
        }
    }

    @Test
    void whoAsksBeforeDoingAnythingIsTurnedAwayWhileItIsFull() {
        try (var queue = queue(Duration.ofMinutes(1))) {
            queue.requireRoom();
            List<CompletableFuture<Integer>> hashings = IntStream.range(0, 2)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> queue.run(this::work), callers))
                    .toList();
            await().untilAsserted(() -> assertThat(queue.waiting()).isOne());
            assertThatThrownBy(queue::requireRoom).isInstanceOf(Overloaded.class);

            released.countDown();
            hashings.forEach(CompletableFuture::join);
            queue.requireRoom();
        }
    }

    /** As the system sees it: fields 18 and 19 of a thread's {@code stat} are its priority and niceness. */
    @Test
    void othersComeFirst() {
        try (var queue = queue(Duration.ofMinutes(1))) {
            String stat = queue.run(() -> Files.readString(Path.of("/proc/thread-self/stat")));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            assertThat(fields[16]).isEqualTo(Integer.toString(HashingQueue.NICENESS));
        }
    }

    @Test
    void whoWaitedTooLongCostsNothingAfterwards() {
        try (var queue = queue(Duration.ofMillis(20))) {
            assertThatThrownBy(() -> queue.run(this::work)).isInstanceOf(Overloaded.class);
            assertThatThrownBy(() -> queue.run(this::work)).isInstanceOf(Overloaded.class);

            released.countDown();
            await().untilAsserted(() -> assertThat(queue.run(() -> "served")).isEqualTo("served"));
            assertThat(begun).hasValue(1);
        }
    }

    private static HashingQueue queue(Duration maxWait) {
        return new HashingQueue(new CommandSideConfig.Hashing(1, 1, maxWait));
    }
}
