package app.veza.bench.store;

import app.veza.eventstore.Durability;
import app.veza.eventstore.EventLog;
import app.veza.eventstore.EventLogConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;

/** How the bench opens logs. */
final class Logs {

    private Logs() {}

    static EventLog open(String natsUrl, String stream, Path index) {
        return open(natsUrl, stream, index, Durability.PROCESS);
    }

    static EventLog open(String natsUrl, String stream, Path index, Durability durability) {
        return EventLog.open(config(natsUrl, stream, index, durability), new SimpleMeterRegistry());
    }

    static EventLogConfig config(String natsUrl, String stream, Path index, Durability durability) {
        return EventLogConfig.defaults(natsUrl, index).withStream(stream).withDurability(durability, 1);
    }
}
