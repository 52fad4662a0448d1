package app.veza.bench.store;

import app.veza.embedded.PostgresServer;
import app.veza.eventstore.NewEvent;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.axonframework.conversion.json.JacksonConverter;
import org.axonframework.eventsourcing.eventstore.AppendCondition;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine.AppendTransaction;
import org.axonframework.eventsourcing.eventstore.GenericTaggedEventMessage;
import org.axonframework.eventsourcing.eventstore.TaggedEventMessage;
import org.axonframework.eventsourcing.eventstore.jpa.AggregateBasedJpaEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jpa.AggregateEventEntry;
import org.axonframework.messaging.core.MessageType;
import org.axonframework.messaging.core.unitofwork.transaction.Transaction;
import org.axonframework.messaging.eventhandling.GenericEventMessage;
import org.axonframework.messaging.eventhandling.conversion.DelegatingEventConverter;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.axonframework.messaging.eventstreaming.Tag;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.jpa.HibernatePersistenceConfiguration;

/**
 * The second yardstick: Axon's own aggregate-based JPA engine on PostgreSQL, with Hibernate batching its inserts and a pool as
 * large as this server serves best. Every append makes an aggregate of its own, so none conflicts with another.
 */
final class JpaContestant implements Contestant {

    private static final int POOL = 16;

    static {
        // Hibernate would write to standard error what it found
        System.setProperty("org.jboss.logging.provider", "slf4j");
    }

    private final HikariDataSource pool;
    private final EntityManagerFactory factory;
    private final EventStorageEngine engine;
    private final ExecutorService callers;
    private final ThreadLocal<EntityManager> current = new ThreadLocal<>();
    private final VezaEvents events;
    private final long server;

    JpaContestant(PostgresServer postgres, VezaEvents events) {
        this.events = events;
        this.server = postgres.pid();
        var config = new HikariConfig();
        config.setJdbcUrl(postgres.url() + "?reWriteBatchedInserts=true");
        config.setUsername(postgres.username());
        config.setPassword(postgres.password());
        config.setMaximumPoolSize(POOL);
        config.setMinimumIdle(POOL);
        config.setAutoCommit(false);
        this.pool = new HikariDataSource(config);
        this.factory = new HibernatePersistenceConfiguration("bench")
                .managedClass(AggregateEventEntry.class)
                .property(AvailableSettings.JAKARTA_NON_JTA_DATASOURCE, pool)
                .property(AvailableSettings.DIALECT, ByteaDialect.class.getName())
                .property(AvailableSettings.JAKARTA_HBM2DDL_DATABASE_ACTION, "create")
                // Axon's sequence has dashes in its name
                .property(AvailableSettings.GLOBALLY_QUOTED_IDENTIFIERS, true)
                .property(AvailableSettings.STATEMENT_BATCH_SIZE, 50)
                .property(AvailableSettings.ORDER_INSERTS, true)
                // Spares a question to the connection at each transaction
                .property(AvailableSettings.CONNECTION_PROVIDER_DISABLES_AUTOCOMMIT, true)
                .createEntityManagerFactory();
        this.engine = new AggregateBasedJpaEventStorageEngine(
                current::get, this::begin, new DelegatingEventConverter(new JacksonConverter()), defaults -> defaults);
        this.callers = Executors.newFixedThreadPool(
                POOL, Thread.ofPlatform().name("jpa-", 0).daemon().factory());
    }

    private Transaction begin() {
        EntityManager manager = factory.createEntityManager();
        manager.getTransaction().begin();
        current.set(manager);
        return new Transaction() {
            @Override
            public void commit() {
                manager.getTransaction().commit();
                current.remove();
            }

            @Override
            public void rollback() {
                manager.getTransaction().rollback();
                current.remove();
            }
        };
    }

    @Override
    public String name() {
        return "Axon JPA engine";
    }

    @Override
    public CompletableFuture<?> append(long number, int count) {
        List<NewEvent> all = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            all.add(events.message(number + i));
        }
        return CompletableFuture.runAsync(() -> append(all), callers);
    }

    private void append(List<NewEvent> all) {
        Set<Tag> aggregate = Set.of(new Tag("message", all.getFirst().id()));
        List<TaggedEventMessage<?>> messages = new ArrayList<>(all.size());
        for (NewEvent event : all) {
            var message = new GenericEventMessage(
                    event.id(),
                    new MessageType(event.type(), event.revision()),
                    event.payload(),
                    Map.copyOf(event.metadata()),
                    event.timestamp());
            messages.add(new GenericTaggedEventMessage<>(message, aggregate));
        }
        AppendTransaction<?> append = engine.appendEvents(
                        AppendCondition.withCriteria(EventCriteria.havingTags(aggregate)), null, messages)
                .join();
        append.commit(null).join();
    }

    /** Events that are stored, as the database counts them. */
    long stored() {
        try (EntityManager manager = factory.createEntityManager()) {
            return manager.createQuery("SELECT COUNT(e) FROM AggregateEventEntry e", Long.class)
                    .getSingleResult();
        }
    }

    @Override
    public long server() {
        return server;
    }

    @Override
    public void close() {
        callers.close();
        factory.close();
        pool.close();
    }
}
