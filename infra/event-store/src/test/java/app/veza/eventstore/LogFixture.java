package app.veza.eventstore;

import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;

/** A part of {@link EventLogContract}: logs of its own on the suite's servers. */
abstract class LogFixture {

    @TempDir
    Path directory;

    abstract EventLogContract suite();

    /** Of a new log. */
    EventLogConfig config(Path index) {
        return config(suite().servers(), index);
    }

    static EventLogConfig config(LogServers servers, Path index) {
        return EventLogConfig.defaults(servers.url(), index)
                .withStream("TEST_" + UUID.randomUUID().toString().replace('-', '_'))
                .withDurability(Durability.PROCESS, servers.replicas());
    }

    /** Of the same log, reached another way. */
    static EventLogConfig withUrl(EventLogConfig log, String natsUrl) {
        return EventLogConfig.defaults(natsUrl, log.indexDirectory())
                .withStream(log.streamName(), log.subjectPrefix())
                .withDurability(log.durability(), log.replicas());
    }

    /** Of the same log on another node. */
    static EventLogConfig elsewhere(EventLogConfig log, Path index) {
        return EventLogConfig.defaults(log.natsUrl(), index)
                .withStream(log.streamName(), log.subjectPrefix())
                .withDurability(log.durability(), log.replicas());
    }
}
