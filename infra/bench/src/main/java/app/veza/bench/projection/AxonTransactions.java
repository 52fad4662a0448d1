package app.veza.bench.projection;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.axonframework.messaging.core.unitofwork.transaction.Transaction;
import org.axonframework.messaging.core.unitofwork.transaction.TransactionManager;
import org.jspecify.annotations.Nullable;

/** JDBC transactions for Axon: one connection for a unit of work, which its token store and its handlers share. */
final class AxonTransactions implements TransactionManager {

    private final DataSource database;
    private final ThreadLocal<@Nullable Connection> current = new ThreadLocal<>();

    AxonTransactions(DataSource database) {
        this.database = database;
    }

    @Override
    public Transaction startTransaction() {
        Connection connection;
        try {
            connection = database.getConnection();
            connection.setAutoCommit(false);
        } catch (SQLException e) {
            throw new IllegalStateException("No connection to PostgreSQL", e);
        }
        current.set(connection);
        return new Transaction() {
            @Override
            public void commit() {
                end(Connection::commit);
            }

            @Override
            public void rollback() {
                end(Connection::rollback);
            }

            private void end(Ending ending) {
                current.remove();
                try (connection) {
                    ending.end(connection);
                    connection.setAutoCommit(true);
                } catch (SQLException e) {
                    throw new IllegalStateException("The transaction could not be ended", e);
                }
            }
        };
    }

    private interface Ending {
        void end(Connection connection) throws SQLException;
    }

    @Override
    public boolean requiresSameThreadInvocations() {
        return true;
    }

    /** The unit of work's own. */
    Connection connection() {
        Connection connection = current.get();
        if (connection == null) {
            throw new IllegalStateException("There is no transaction");
        }
        return connection;
    }

    /** The same for the token store, which closes what it uses. */
    Connection unclosable() {
        Connection connection = connection();
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        return null;
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
