package app.veza.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class CpuClockTest {

    private static final long ENOUGH = TimeUnit.MILLISECONDS.toNanos(50);

    @Test
    void whatThisProcessSpendsIsItsOwn() {
        var clock = new CpuClock(ProcessHandle.current().pid());
        CpuClock.Reading before = clock.read();
        Awaitility.await()
                .pollInterval(1, TimeUnit.MILLISECONDS)
                .until(() -> clock.read().since(before).client() >= ENOUGH);
    }

    @Test
    void whatAServersChildrenSpendIsTheServers() throws IOException, InterruptedException {
        Process server = new ProcessBuilder("sh", "-c", "sh -c 'while :; do :; done' & wait").start();
        try {
            var clock = new CpuClock(server.pid());
            CpuClock.Reading before = clock.read();
            Awaitility.await().until(() -> clock.read().since(before).server() >= ENOUGH);
        } finally {
            server.descendants().forEach(ProcessHandle::destroyForcibly);
            server.destroyForcibly().waitFor();
        }
    }

    @Test
    void aServerThatHasEndedSpendsNothing() throws IOException, InterruptedException {
        Process server = new ProcessBuilder("true").start();
        server.waitFor();
        assertThat(new CpuClock(server.pid()).read().server()).isZero();
    }
}
