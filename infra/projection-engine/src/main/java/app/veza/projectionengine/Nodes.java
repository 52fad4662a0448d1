package app.veza.projectionengine;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The nodes that live, by what they last wrote into the primary, judged by its clock; {@link Spread} tells from that who leads what. */
final class Nodes implements Leadership, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Nodes.class);
    private static final Duration FORGOTTEN = Duration.ofDays(1);

    private final ProjectionNode self;
    private final Set<String> code;
    private final Supplier<Set<String>> running;
    private final DSLContext database;
    private final SqlCatalog catalog;
    private final CountDownLatch known = new CountDownLatch(1);
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;
    private volatile View view = View.of(Map.of(), Long.MIN_VALUE);
    private boolean created;
    private boolean failing;

    /** @param nodes what each runs, by id; this one among them */
    private record View(Map<String, Set<String>> nodes, Map<String, String> leaders, long at) {
        static View of(Map<String, Set<String>> nodes, long at) {
            return new View(nodes, Spread.leaders(nodes), at);
        }
    }

    /**
     * @param code the projections of this node, as {@link #key} names them
     * @param running those that are in order
     */
    Nodes(
            ProjectionNode self,
            DataSource primary,
            ProjectionEngineConfig config,
            Set<String> code,
            Supplier<Set<String>> running) {
        this.self = self;
        this.code = Set.copyOf(code);
        this.running = running;
        this.database = DSL.using(primary, SQLDialect.POSTGRES);
        this.catalog = new SqlCatalog(config.readerRoles());
        this.thread = Thread.ofPlatform().name("projection-nodes").daemon().unstarted(this::run);
    }

    /** Nodes of different code run different versions, and each of them is led by one that has it. */
    static String key(Projection projection) {
        return key(projection.name(), projection.version());
    }

    static String key(String name, int version) {
        return name + ":" + version;
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            do {
                long asked = System.nanoTime();
                try {
                    view = View.of(beat(), asked);
                    known.countDown();
                    if (failing) {
                        failing = false;
                        LOG.info("Node {} announces itself to the others again", self.id());
                    }
                } catch (RuntimeException e) {
                    if (!failing) {
                        failing = true;
                        LOG.warn(
                                "Node {} cannot announce itself, others may take its projections over: {}",
                                self.id(),
                                Failures.describe(e));
                    }
                }
            } while (!stop.await(self.beat().toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            LOG.debug("Node {} was interrupted", self.id(), e);
        }
    }

    private Map<String, Set<String>> beat() {
        return database.transactionResult(transaction -> {
            DSLContext tx = transaction.dsl();
            // nothing is lost with a beat, so nobody waits for the disk
            SqlScript.run(tx, """
                    set local synchronous_commit = off;
                    set local statement_timeout = %d;
                    set local lock_timeout = %1$d;
                    set local idle_in_transaction_session_timeout = %1$d""".formatted(self.lease().toMillis()));
            if (!created) {
                catalog.lock(tx);
                catalog.create(tx);
                created = true;
            }
            tx.execute("""
                    insert into projection.node (id, runs, code, started_at, beat_at) values (?, ?, ?, now(), now())
                    on conflict (id) do update set runs = excluded.runs, code = excluded.code, beat_at = now()
                    """, self.id(), running.get().toArray(String[]::new), code.toArray(String[]::new));
            tx.execute("delete from projection.node where beat_at < now() - make_interval(secs => ?)", (double)
                    FORGOTTEN.toSeconds());
            Map<String, Set<String>> living = new HashMap<>();
            tx.fetch(
                            "select id, runs from projection.node where beat_at > now() - make_interval(secs => ?)",
                            self.lease().toMillis() / 1e3)
                    .forEach(row -> living.put(row.get(0, String.class), Set.of(row.get(1, String[].class))));
            return living;
        });
    }

    @Override
    public Role role(Projection projection) {
        return leader(projection)
                .map(leader -> leader.equals(self.id()) ? Role.LEADS : Role.FOLLOWS)
                .orElse(Role.UNKNOWN);
    }

    @Override
    public Optional<String> leader(Projection projection) {
        View seen = view;
        if (seen.at() == Long.MIN_VALUE
                || System.nanoTime() - seen.at() > self.lease().toNanos()) {
            // the others may see this node as dead, and this node cannot know who leads
            return Optional.empty();
        }
        return Optional.ofNullable(seen.leaders().get(key(projection)));
    }

    @Override
    public void awaitKnown(Duration atMost) throws InterruptedException {
        if (!known.await(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.debug("Node {} begins without knowing the others", self.id());
        }
    }

    /** Others take over at their next beat, without waiting for the lease; and know for a while what code was here. */
    @Override
    public void close() {
        stop.countDown();
        try {
            if (!thread.join(self.lease())) {
                thread.interrupt();
            }
            if (known.getCount() == 0) {
                database.execute(
                        "update projection.node set beat_at = beat_at - make_interval(secs => ?) where id = ?",
                        self.lease().toMillis() / 1e3,
                        self.id());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.info("Node {} leaves without a word, its lease runs out: {}", self.id(), Failures.describe(e));
        }
    }
}
