package app.veza.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BoundedNamesTest {

    private final CountDownLatch asked = new CountDownLatch(2);
    private final CountDownLatch answer = new CountDownLatch(1);

    private InetAddress[] late(String host) {
        asked.countDown();
        try {
            answer.await();
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
        return new InetAddress[] {InetAddress.getLoopbackAddress()};
    }

    @Test
    void whatIsFoundIsPassedOnAndWhatIsNot() throws UnknownHostException {
        try (var names = new BoundedNames(InetAddress::getAllByName, 2, Duration.ofSeconds(20))) {
            assertThat(names.of("127.0.0.1")).containsExactly(InetAddress.ofLiteral("127.0.0.1"));
            assertThatThrownBy(() -> names.of("nowhere.invalid")).isInstanceOf(UnknownHostException.class);
        }
    }

    @Test
    void nobodyWaitsForLong() {
        try (var names = new BoundedNames(this::late, 2, Duration.ofMillis(50))) {
            assertThatThrownBy(() -> names.of("slow.example")).isInstanceOf(UnknownHostException.class);
        }
    }

    @Test
    void soManyAreLookedUpAtOnce() throws Exception {
        try (var names = new BoundedNames(this::late, 2, Duration.ofSeconds(20));
                ExecutorService others = Executors.newVirtualThreadPerTaskExecutor()) {
            var one = others.submit(() -> names.of("one.example"));
            var other = others.submit(() -> names.of("other.example"));
            asked.await();

            assertThatThrownBy(() -> names.of("third.example")).isInstanceOf(BoundedNames.Busy.class);

            answer.countDown();
            assertThat(one.get()).hasSize(1);
            assertThat(other.get()).hasSize(1);
        }
    }
}
