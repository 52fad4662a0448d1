package app.veza.eventstore.axon;

import app.veza.embedded.NatsCluster;
import app.veza.embedded.NatsClusterOptions;
import app.veza.eventstore.json.JacksonEventCodec;
import java.util.Map;
import org.axonframework.eventsourcing.eventstore.StorageEngineTestSuite;
import org.axonframework.messaging.core.unitofwork.ProcessingContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;

/** Axon's own contract of a storage engine, on three servers. */
class R3StorageEngineTest extends StorageEngineTestSuite<JetStreamEventStorageEngine> {

    private final NatsCluster cluster = NatsCluster.start(NatsClusterOptions.temporary());
    private @Nullable TestLog testLog;

    @Override
    protected JetStreamEventStorageEngine buildStorageEngine() {
        testLog = TestLog.on(cluster.url(), NatsCluster.SIZE);
        JacksonEventCodec codec = new JacksonEventCodec(Map.of("event", String.class));
        return new JetStreamEventStorageEngine(testLog.log(), codec, PersonalTags.NONE);
    }

    @Override
    protected @Nullable ProcessingContext processingContext() {
        return null;
    }

    @AfterAll
    void close() {
        testLog.close();
        cluster.close();
    }
}
