package app.veza.eventstore.axon;

import app.veza.eventstore.json.JacksonEventCodec;
import java.util.Map;
import org.axonframework.eventsourcing.eventstore.StorageEngineTestSuite;
import org.axonframework.messaging.core.unitofwork.ProcessingContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;

/** Axon's own contract of a storage engine, against a real server. */
class JetStreamEventStorageEngineTest extends StorageEngineTestSuite<JetStreamEventStorageEngine> {

    private @Nullable TestLog testLog;

    @Override
    protected JetStreamEventStorageEngine buildStorageEngine() {
        testLog = TestLog.create();
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
    }
}
