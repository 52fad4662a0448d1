package app.veza.projectionengine;

import static app.veza.projectionengine.JobFixture.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunnerTroubleTest {
    private final JobFixture fixture = new JobFixture();
    private final Balances ledger = new Balances("ledger");

    @AfterEach
    void close() {
        fixture.close();
    }

    /** The first batch is somebody else's, and from then on the store refuses to be opened. */
    private ProjectionStore closing(ProjectionStore store) {
        AtomicInteger opened = new AtomicInteger();
        return (ProjectionStore) Proxy.newProxyInstance(
                ProjectionStore.class.getClassLoader(),
                new Class<?>[] {ProjectionStore.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "apply" -> Applied.NOTHING;
                    case "open" -> {
                        if (opened.getAndIncrement() > 0) {
                            throw new DataAccessException("refused", new SQLException("permission denied", "42501"));
                        }
                        yield invoke(store, method, arguments);
                    }
                    default -> invoke(store, method, arguments);
                });
    }

    private static Object invoke(ProjectionStore store, java.lang.reflect.Method method, Object[] arguments)
            throws Throwable {
        try {
            return method.invoke(store, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @Test
    void aStoreThatCannotBeOpenedAccusesNoEvent() throws InterruptedException {
        ListLog log = new ListLog("a", Ledger.history(10, 1));
        ProjectionEngineConfig config = Engines.config();
        Progress progress = new Progress(ledger, "primary", log, new SimpleMeterRegistry());
        ProjectionRunner runner = new ProjectionRunner(
                ledger, closing(new SqlStore(ledger, fixture.database, config)), log, config, progress);
        Thread thread = Thread.ofPlatform().start(runner);
        await().atMost(PATIENCE).until(() -> progress.state() == ProjectionState.FAILED);
        thread.join();
        assertThat(progress.status().lastError()).contains("it cannot go on", "permission denied");
    }
}
