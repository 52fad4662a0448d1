package app.veza.eventstore.personal;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** Counts how often the database is asked, and can be pointed at another one. */
final class SwitchedSource {

    private final AtomicInteger connections = new AtomicInteger();
    private volatile DataSource target;

    SwitchedSource(DataSource target) {
        this.target = target;
    }

    DataSource view() {
        return (DataSource) Proxy.newProxyInstance(
                DataSource.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    connections.incrementAndGet();
                    try {
                        return method.invoke(target, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    void switchTo(DataSource other) {
        target = other;
    }

    int connections() {
        return connections.get();
    }
}
