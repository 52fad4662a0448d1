package app.veza.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DrainTest {
    @Test
    void connectionsAreToldOneAfterTheOtherAndNobodyComesIn() throws Exception {
        Fixture fixture = Fixture.start(
                Fixture.config().eventLoops(1).drainTime(Duration.ofMillis(600)).build());
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            clients.add(fixture.connect("/ws"));
        }
        RawClient last = clients.removeFirst();
        long started = System.nanoTime();
        CompletableFuture<Void> drained = fixture.server.drain();
        List<Long> told = new ArrayList<>();
        for (RawClient client : clients) {
            assertThat(client.readClose()).isEqualTo(1012);
            told.add((System.nanoTime() - started) / 1_000_000);
            client.close();
        }
        assertThat(told.getFirst()).isLessThan(300);
        assertThat(told.getLast()).isBetween(400L, 5_000L);
        // The one that does not answer the close frame is not waited for beyond the close timeout
        assertThat(last.readClose()).isEqualTo(1012);
        drained.get(5, TimeUnit.SECONDS);
        assertThat(last.ended()).isTrue();
        assertThatThrownBy(() -> fixture.connect("/ws")).isInstanceOf(UncheckedIOException.class);
        fixture.close();
    }
}
