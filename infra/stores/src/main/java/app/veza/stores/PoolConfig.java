package app.veza.stores;

import java.time.Duration;

/**
 * One pool of connections to one PostgreSQL database.
 *
 * @param name appears in the server's {@code application_name} and in metrics
 * @param size most connections, and most threads that may ask the pool at a time
 * @param readOnly the server refuses writes on these connections
 * @param statementTimeout enforced by the server on every statement
 * @param acquireTimeout longest wait for a connection
 */
public record PoolConfig(
        String name,
        String url,
        String username,
        String password,
        int size,
        boolean readOnly,
        Duration statementTimeout,
        Duration acquireTimeout) {
    public PoolConfig {
        if (!url.startsWith("jdbc:postgresql://")) {
            throw new IllegalArgumentException("The URL of pool " + name + " must start with jdbc:postgresql://");
        }
        if (size < 1) {
            throw new IllegalArgumentException("Pool " + name + " needs at least one connection, not " + size);
        }
        if (!statementTimeout.isPositive() || !acquireTimeout.isPositive()) {
            throw new IllegalArgumentException("Timeouts of pool " + name + " must be positive");
        }
    }

    @Override
    public String toString() {
        return "PoolConfig[" + name + ", " + url + ", user " + username + ", " + size + " connections]";
    }
}
