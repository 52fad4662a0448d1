package app.veza.projectionengine;

import app.veza.projectionengine.ProjectionJob.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Fills a read model aside and compares it with the served one at the very same position. The served one is pinned by a
 * snapshot, not by a lock: it goes on being filled and read.
 */
final class Verification {
    /**
     * A person erased between the pin and the fold is known to one side only. The event that says so is in the log before
     * the key goes, so at a later position both know: what is no fault is gone at the next look.
     */
    private static final int LOOKS = 3;

    private static final int LEISURELY = 3;

    private static final Duration LIVE_PATIENCE = Duration.ofSeconds(30);

    /** So near to the served position, the rest is folded while the snapshot waits. */
    private static final long NEAR = 5_000;

    private final JobRun run;
    private final Projection projection;
    private final JobTools tools;
    private final ProjectionJob job;
    private final @Nullable Slice slice;

    Verification(JobRun run, Projection projection, JobTools tools) {
        this.run = run;
        this.projection = projection;
        this.tools = tools;
        this.job = run.job();
        this.slice = job.slice() == null ? null : slice(projection, job.slice());
    }

    private static Slice slice(Projection projection, List<String> keys) {
        Slicing by = projection
                .slicing()
                .orElseThrow(() -> new JobFailure("Projection " + projection.name() + " has no slices in this code"));
        return new Slice(by, projection.eventTypes(), Set.copyOf(keys));
    }

    Verdict run() {
        double share = job.kind() == Kind.AUDIT ? tools.jobs().auditShare() : 1;
        ProjectionStore store = tools.editions(job.target()).store(projection, job.edition());
        try (Filling filling = Filling.start(projection, store, new BoundedLog(tools.log(), 0, share, slice), tools)) {
            return switch (projection) {
                case SqlProjection sql -> compare(filling, sql);
                case RedisProjection redis -> compare(filling);
            };
        }
    }

    /** In steps, for the served one moves on meanwhile; what is slower than that would never get there. */
    private void approach(Filling filling, LongSupplier servedPosition) {
        long to = 0;
        for (int step = 0; servedPosition.getAsLong() - to > NEAR || step == 0; step++) {
            if (step == LEISURELY) {
                filling.hurry();
            }
            to = servedPosition.getAsLong();
            bringTo(filling, to);
        }
    }

    private void bringTo(Filling filling, long position) {
        filling.extend(position);
        run.await(filling, position);
        long reached = filling.status().position();
        if (reached > position) {
            throw new JobFailure("The served edition went back, from at least position %d to %d: ask again"
                    .formatted(reached, position));
        }
    }

    /** Up to here, what was erased before is known to the served one too. */
    private void awaitHead(LongSupplier servedPosition) {
        long head = tools.log().head();
        long deadline = System.nanoTime() + LIVE_PATIENCE.toNanos();
        while (servedPosition.getAsLong() < head && System.nanoTime() - deadline < 0) {
            run.step();
        }
    }

    private Verdict compare(Filling filling, SqlProjection sql) {
        DataSource source = tools.targets().of(sql.target());
        DSLContext database = DSL.using(source, SQLDialect.POSTGRES, new Settings().withExecuteLogging(false));
        LongSupplier servedPosition = () -> served(database).get(2, Long.class);
        requireVersion(edition(served(database)), database);
        approach(filling, servedPosition);
        Verdict verdict = look(filling, database);
        for (int looks = 1; looks < LOOKS && verdict.differences() > 0; looks++) {
            awaitHead(servedPosition);
            verdict = look(filling, database);
        }
        return verdict;
    }

    private Record served(DSLContext tx) {
        return tx.fetchOptional(
                        "select version, generation, position from projection.current where name = ?",
                        projection.name())
                .orElseThrow(() -> new JobFailure("Nothing of projection " + projection.name() + " is served yet"));
    }

    private Edition edition(Record served) {
        return new Edition(projection.name(), served.get(0, Integer.class), served.get(1, Integer.class));
    }

    private Verdict look(Filling filling, DSLContext database) {
        Instant now = Instant.now();
        endFormer(database);
        return snapshot(database, now, pin -> {
            Record served = served(pin);
            Edition edition = edition(served);
            requireVersion(edition, pin);
            bringTo(filling, served.get(2, Long.class));
            run.report("comparing");
            if (job.kind() == Kind.PREVIEW) {
                tools.editions(job.target()).publish(projection, job.edition());
            }
            return snapshot(database, now, aside -> {
                var comparison = new SqlComparison(pin, aside, job.rows(), slice);
                return job.kind() == Kind.PREVIEW
                        ? comparison.views(served.get(2, Long.class), edition, job.edition())
                        : comparison.tables(served.get(2, Long.class), edition, job.edition());
            });
        });
    }

    private void requireVersion(Edition served, DSLContext tx) {
        requireVersion(served.version(), new SqlSchema((SqlProjection) projection, served).viewsCurrent(tx));
    }

    /** @param viewsCurrent the served views are those of this code, if its version is served */
    private void requireVersion(int served, boolean viewsCurrent) {
        if (job.kind() == Kind.PREVIEW && served == projection.version() && viewsCurrent) {
            throw new JobFailure("Nothing is left to preview: version %d of projection %s is served already"
                    .formatted(served, projection.name()));
        }
        if (job.kind() != Kind.PREVIEW && served != projection.version()) {
            throw new JobFailure(
                    "Version %d of projection %s is served and this code is version %d: a preview compares the two"
                            .formatted(served, projection.name(), projection.version()));
        }
    }

    /** A node that this was taken over from may be stopped in the midst of it: what it has pinned is no longer needed. */
    private void endFormer(DSLContext database) {
        database.execute("""
                select pg_terminate_backend(pid) from pg_stat_activity
                where datname = current_database() and application_name = ?""", applicationName(job));
    }

    static String applicationName(ProjectionJob job) {
        return "veza job " + job.id();
    }

    /** @param now of views that tell the time: in one snapshot as in the other */
    private <T> T snapshot(DSLContext database, Instant now, Function<DSLContext, T> work) {
        return database.transactionResult(transaction -> {
            SqlScript.run(transaction.dsl(), """
                    set transaction isolation level repeatable read, read only;
                    set local idle_in_transaction_session_timeout = 0;
                    set local lock_timeout = %d;
                    set local application_name = '%s';
                    set local veza.now = '%s'""".formatted(
                            tools.config().lockTimeout().toMillis(), applicationName(job), now));
            return LongStatements.run(transaction.dsl(), () -> work.apply(transaction.dsl()));
        });
    }

    private Verdict compare(Filling filling) {
        String prefix = tools.config().redisKeyPrefix();
        try (RedisKeyspace aside =
                new RedisKeyspace(tools.targets().redis(), job.edition().keys(prefix))) {
            String active = aside.get(RedisKeys.active(prefix, projection.name()));
            if (active == null) {
                throw new JobFailure("Nothing of projection " + projection.name() + " is served yet");
            }
            RedisKeys keys = RedisKeys.served(prefix, projection.name(), active);
            requireVersion(keys.version(), true);
            try (RedisKeyspace served = new RedisKeyspace(tools.targets().redis(), keys)) {
                LongSupplier servedPosition =
                        () -> Long.parseLong(served.position().getOrDefault("position", "0"));
                approach(filling, servedPosition);
                run.report("comparing");
                var comparison =
                        new RedisComparison(served, aside, position -> bringTo(filling, position), job.rows(), slice);
                int different = comparison.compare();
                for (int looks = 1; looks < LOOKS && different > 0; looks++) {
                    awaitHead(servedPosition);
                    different = comparison.lookAgain();
                }
                return comparison.verdict();
            }
        }
    }
}
