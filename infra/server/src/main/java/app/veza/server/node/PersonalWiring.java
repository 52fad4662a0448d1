package app.veza.server.node;

import app.veza.eventstore.EventLog;
import app.veza.eventstore.json.JacksonEventCodec;
import app.veza.eventstore.personal.ErasureRegister;
import app.veza.eventstore.personal.Erasures;
import app.veza.eventstore.personal.KeysUnavailableException;
import app.veza.eventstore.personal.MasterKeys;
import app.veza.eventstore.personal.SubjectKeys;
import app.veza.stores.ObjectStore;
import app.veza.stores.PostgresPool;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Personal data: its keys, who was erased, and the codec that encrypts. Whoever reads or appends events needs the codec, and the codec
 * needs {@link Erasures}: nothing is served before every erasure has been replayed.
 */
@Configuration(proxyBeanMethods = false)
class PersonalWiring {

    private static final Logger log = LoggerFactory.getLogger(PersonalWiring.class);
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    @Bean
    SubjectKeys subjectKeys(@Qualifier("keyPool") PostgresPool pool, NodeConfig node) {
        MasterKeys masterKeys = MasterKeySource.read(node.masterKeyFile());
        return patiently(() -> SubjectKeys.open(pool.dataSource(), masterKeys));
    }

    @Bean
    ErasureRegister erasureRegister(ObjectStore objects, NodeConfig node) {
        return new StoredErasures(objects, node.log().stream());
    }

    @Bean
    Erasures erasures(EventLog eventLog, SubjectKeys keys, ErasureRegister register) {
        return patiently(() -> Erasures.open(eventLog, keys, register, EventCodecs.erasures()));
    }

    @Bean
    JacksonEventCodec eventCodec(SubjectKeys keys, Erasures replayed) {
        return EventCodecs.with(keys);
    }

    /** Stores may start at the same moment as this node; without them it must not serve, for it would not know who was erased. */
    private static <T> T patiently(Supplier<T> start) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return start.get();
            } catch (KeysUnavailableException | SdkException away) {
                if (System.nanoTime() - deadline > 0) {
                    throw new IllegalStateException(
                            "Who was erased cannot be known without the database of the keys and the object storage",
                            away);
                }
                log.warn("This node waits for its keys of personal data or its object storage: {}", away.getMessage());
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }
}
