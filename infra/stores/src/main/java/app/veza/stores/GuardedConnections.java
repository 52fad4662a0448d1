package app.veza.stores;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jooq.ConnectionProvider;
import org.jooq.exception.DataAccessException;

/**
 * Lets only as many threads at the pool as it has connections, in order of arrival. Thousands of virtual threads that
 * contend inside HikariCP itself cost seven times the latency (DESIGN, section 5), and its hand-over is not fair.
 */
final class GuardedConnections implements ConnectionProvider {
    private final DataSource pool;
    private final PoolConfig config;
    private final Semaphore permits;
    private final Timer waits;

    GuardedConnections(DataSource pool, PoolConfig config, MeterRegistry meters) {
        this.pool = pool;
        this.config = config;
        this.permits = new Semaphore(config.size(), true);
        this.waits = Timer.builder("veza.pool.wait")
                .description("Time a thread waited for its turn at the pool")
                .tag("pool", config.name())
                .publishPercentileHistogram()
                .register(meters);
        Gauge.builder("veza.pool.waiting", permits, Semaphore::getQueueLength)
                .description("Threads that wait for a connection")
                .tag("pool", config.name())
                .register(meters);
    }

    @Override
    public Connection acquire() {
        await();
        try {
            return pool.getConnection();
        } catch (SQLException e) {
            permits.release();
            throw new DataAccessException("No connection from pool " + config.name(), e);
        } catch (RuntimeException | Error e) {
            permits.release();
            throw e;
        }
    }

    @Override
    public void release(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new DataAccessException("A connection of pool " + config.name() + " did not close", e);
        } finally {
            permits.release();
        }
    }

    private void await() {
        long from = System.nanoTime();
        try {
            if (!permits.tryAcquire(config.acquireTimeout().toNanos(), TimeUnit.NANOSECONDS)) {
                throw unavailable("stayed busy for " + config.acquireTimeout(), null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable("was waited for by a thread that was interrupted", e);
        } finally {
            waits.record(System.nanoTime() - from, TimeUnit.NANOSECONDS);
        }
    }

    private DataAccessException unavailable(String what, InterruptedException cause) {
        String message = "Pool " + config.name() + " " + what;
        return new DataAccessException(message, new SQLTransientConnectionException(message, "08001", cause));
    }
}
