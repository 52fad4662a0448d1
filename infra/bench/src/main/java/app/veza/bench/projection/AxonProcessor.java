package app.veza.bench.projection;

import app.veza.bench.CpuClock;
import app.veza.bench.Figures;
import app.veza.event.EventTags;
import app.veza.eventstore.EventLog;
import app.veza.eventstore.RecordedEvent;
import app.veza.eventstore.axon.JetStreamEventStorageEngine;
import app.veza.eventstore.axon.PersonalTags;
import app.veza.projection.replica.chat.ChatProjection;
import app.veza.projectionengine.Recorded;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.axonframework.conversion.json.JacksonConverter;
import org.axonframework.messaging.core.Context.ResourceKey;
import org.axonframework.messaging.core.EmptyApplicationContext;
import org.axonframework.messaging.core.MessageStream;
import org.axonframework.messaging.core.QualifiedName;
import org.axonframework.messaging.core.unitofwork.ProcessingContext;
import org.axonframework.messaging.core.unitofwork.SimpleUnitOfWorkFactory;
import org.axonframework.messaging.core.unitofwork.TransactionalUnitOfWorkFactory;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.SimpleEventHandlingComponent;
import org.axonframework.messaging.eventhandling.processing.streaming.pooled.PooledStreamingEventProcessor;
import org.axonframework.messaging.eventhandling.processing.streaming.pooled.PooledStreamingEventProcessorConfiguration;
import org.axonframework.messaging.eventhandling.processing.streaming.token.store.jdbc.JdbcTokenStore;
import org.axonframework.messaging.eventhandling.processing.streaming.token.store.jdbc.JdbcTokenStoreConfiguration;
import org.axonframework.messaging.eventhandling.processing.streaming.token.store.jdbc.PostgresTokenTableFactory;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.MappedSchema;
import org.jooq.conf.RenderMapping;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;

/**
 * The yardstick: Axon's PooledStreamingEventProcessor over the same log writes the chat's rows by the chat projector's own code. One
 * segment, for rooms and their messages must keep their order; its token lies in the same database and moves in the same transaction.
 */
final class AxonProcessor {

    /** What Axon makes one transaction of; its work package buffers no more than 1,024. */
    private static final int BATCH = 1_000;

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final String SCHEMA = "chat_axon";

    /** When a batch's rows are written. */
    enum Writing {
        /** As handlers of single events do. */
        EACH("a statement an event", 20_000),
        /** All of a batch at its end, as the engine does. */
        TOGETHER("a statement a batch", Long.MAX_VALUE);

        private final String what;
        private final long most;

        Writing(String what, long most) {
            this.what = what;
            this.most = most;
        }
    }

    private static final ResourceKey<List<Recorded<?>>> ROWS = ResourceKey.withLabel("rows");

    private final Stage stage;
    private final Figures figures;
    private final ChatProjection chat = new ChatProjection();

    AxonProcessor(Stage stage, Figures figures) {
        this.stage = stage;
        this.figures = figures;
    }

    void measure() throws SQLException, InterruptedException {
        for (Writing writing : Writing.values()) {
            measure(writing, stage.log().indexedPosition(), false);
            measure(writing, stage.log().indexedPosition(), true);
        }
    }

    private void measure(Writing writing, long head, boolean recorded) throws SQLException, InterruptedException {
        stage.empty();
        createTables();
        long wanted = lastHandled(Math.min(head, writing.most));
        var transactions = new AxonTransactions(stage.database());
        var committed = new AtomicLong();
        var tokens = new JdbcTokenStore(
                transactions::unclosable, new JacksonConverter(), JdbcTokenStoreConfiguration.DEFAULT);
        transactions.executeInTransaction(() -> tokens.createSchema(PostgresTokenTableFactory.INSTANCE));
        try (var coordinator = Executors.newScheduledThreadPool(1);
                var worker = Executors.newScheduledThreadPool(1)) {
            var processor = new PooledStreamingEventProcessor(
                    "chat",
                    List.of(handler(transactions, writing, committed)),
                    new PooledStreamingEventProcessorConfiguration()
                            .eventSource(new PositionedEvents(new JetStreamEventStorageEngine(
                                    stage.log(),
                                    stage.freshCodec(),
                                    new PersonalTags(EventTags.PERSONAL, new byte[32]))))
                            .tokenStore(tokens)
                            .unitOfWorkFactory(new TransactionalUnitOfWorkFactory(
                                    transactions, new SimpleUnitOfWorkFactory(EmptyApplicationContext.INSTANCE)))
                            .coordinatorExecutor(coordinator)
                            .workerExecutor(worker)
                            .initialSegmentCount(1)
                            .batchSize(BATCH));
            CpuClock clock = stage.postgresClock();
            CpuClock.Reading before = clock.read();
            long start = System.nanoTime();
            processor.start().join();
            try {
                await(committed, wanted, processor);
            } finally {
                processor.shutdown().join();
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            CpuClock.Reading cpu = clock.read().since(before);
            if (recorded) {
                figures.add(
                        "chat by Axon's PooledStreamingEventProcessor, %s, batches of %,d, from %,d events"
                                .formatted(writing.what, BATCH, wanted),
                        "-",
                        "%,.0f events/s (%.2f s); CPU an event %.1f us here, %.1f us in PostgreSQL",
                        wanted / seconds,
                        seconds,
                        cpu.client() / 1e3 / wanted,
                        cpu.server() / 1e3 / wanted);
            }
        }
    }

    private SimpleEventHandlingComponent handler(AxonTransactions transactions, Writing writing, AtomicLong committed) {
        Set<QualifiedName> names =
                chat.eventTypes().stream().map(QualifiedName::new).collect(Collectors.toSet());
        return new SimpleEventHandlingComponent().subscribe(names, (event, context) -> {
            Recorded<?> recorded =
                    new Recorded<>(PositionedEvents.positionOf(event), event.timestamp(), payload(event));
            if (writing == Writing.EACH) {
                chat.apply(dsl(transactions.connection()), List.of(recorded));
                context.runOnAfterCommit(done -> committed.accumulateAndGet(recorded.position(), Math::max));
            } else {
                batch(context, transactions, committed).add(recorded);
            }
            return MessageStream.empty();
        });
    }

    private List<Recorded<?>> batch(ProcessingContext context, AxonTransactions transactions, AtomicLong committed) {
        List<Recorded<?>> batch = context.getResource(ROWS);
        if (batch == null) {
            List<Recorded<?>> rows = new ArrayList<>();
            context.putResource(ROWS, rows);
            context.runOnPrepareCommit(all -> chat.apply(dsl(transactions.connection()), rows));
            context.runOnAfterCommit(done -> committed.set(rows.getLast().position()));
            return rows;
        }
        return batch;
    }

    private static Object payload(EventMessage event) {
        Object payload = event.payload();
        if (payload == null) {
            throw new IllegalStateException("An event without a payload: " + event.type());
        }
        return payload;
    }

    private static DSLContext dsl(Connection connection) {
        return DSL.using(
                connection,
                SQLDialect.POSTGRES,
                new Settings()
                        .withExecuteLogging(false)
                        .withRenderMapping(new RenderMapping()
                                .withSchemata(
                                        new MappedSchema().withInput("chat").withOutput(SCHEMA))));
    }

    private void createTables() throws SQLException {
        try (Connection connection = stage.database().getConnection();
                var statement = connection.createStatement();
                InputStream tables = chat.getClass().getClassLoader().getResourceAsStream(chat.tables())) {
            statement.execute("drop table if exists tokenentry");
            statement.execute("create schema %1$s; set search_path = %1$s;".formatted(SCHEMA)
                    + new String(tables.readAllBytes(), StandardCharsets.UTF_8)
                    + "; reset search_path");
        } catch (IOException e) {
            throw new IllegalStateException("The chat projection's tables cannot be read", e);
        }
    }

    /** The last position up to the one given whose event the chat projection handles. */
    private long lastHandled(long upTo) {
        EventLog log = stage.log();
        for (long position = upTo; position > 0; position--) {
            RecordedEvent event = log.read(position - 1, 1).getFirst();
            if (chat.eventTypes().contains(event.type())) {
                return position;
            }
        }
        throw new IllegalStateException("The history holds nothing for the chat projection");
    }

    private static void await(AtomicLong committed, long position, PooledStreamingEventProcessor processor) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (committed.get() < position) {
            if (System.nanoTime() - deadline > 0 || processor.isError()) {
                throw new IllegalStateException(
                        "Axon's processor stands at %,d: %s".formatted(committed.get(), processor.processingStatus()));
            }
            LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
        }
    }
}
