package app.veza.projectionengine;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The jobs of all nodes, in the primary database, whatever their targets are. Times are the database's. */
final class JobTable {
    /** For {@code name:version} of what nodes have code for, and how long a job must have been left alone. */
    private static final String ORPHANED = """
            state in ('WAITING', 'RUNNING') and coalesce(heartbeat_at, requested_at) < now() - ? * interval '1 millisecond'
                and projection || ':' || version <> all(?)
            """;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** What a job's node is told when it says that it is still there. */
    enum Answer {
        GO_ON,
        CANCEL,
        /** Another node has it. */
        LOST
    }

    private final DSLContext database;
    private final SqlCatalog catalog;

    JobTable(DataSource primary, ProjectionEngineConfig config) {
        this.database = DSL.using(primary, SQLDialect.POSTGRES, new Settings().withExecuteLogging(false));
        this.catalog = new SqlCatalog(config.readerRoles());
    }

    void create() {
        JobSchema.create(database, catalog);
    }

    <T> T inTransaction(Function<DSLContext, T> work) {
        return database.transactionResult(transaction -> work.apply(transaction.dsl()));
    }

    /** @return false when there is one of its kind already, or its scratch name is in use */
    boolean insert(ProjectionJob job, @Nullable Duration dropAfter) {
        return database.execute(
                        """
                        insert into projection.job
                            (id, kind, projection, target, version, generation, scratch, row_limit, despite_dead_letters, slice, to_position, drop_after)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? * interval '1 millisecond')
                        on conflict do nothing
                        """,
                        job.id(),
                        job.kind().name(),
                        job.projection(),
                        job.target(),
                        job.version(),
                        job.generation(),
                        job.scratch(),
                        job.rows(),
                        job.despiteDeadLetters(),
                        job.slice() == null ? null : job.slice().toArray(String[]::new),
                        job.to(),
                        dropAfter == null ? null : dropAfter.toMillis())
                == 1;
    }

    /** Generations of a version are never used twice, also not after a rebuild that was given up. */
    int lastGeneration(String projection, int version) {
        return (Integer) database.fetchValue(
                "select coalesce(max(generation), 1) from projection.job where projection = ? and version = ?",
                projection,
                version);
    }

    /**
     * Takes the oldest job that nobody runs.
     *
     * @param known {@code name:version} of the projections that this node has code for; cancelled ones need none
     */
    Optional<ProjectionJob> claim(String owner, Collection<String> known, Duration takeOver) {
        return database.fetchOptional("""
                        update projection.job set owner = ?, state = 'RUNNING', error = null, heartbeat_at = now(),
                            started_at = coalesce(started_at, now())
                        where id = (select id from projection.job
                            where state in ('WAITING', 'RUNNING')
                                and (owner is null or heartbeat_at < now() - ? * interval '1 millisecond')
                                and (cancel_requested or projection || ':' || version = any(?))
                            order by requested_at for update skip locked limit 1)
                        returning *
                        """, owner, takeOver.toMillis(), known.toArray(String[]::new))
                .map(JobTable::job);
    }

    /** Never waits for the job's row: who has it locked is at work, and nobody takes it meanwhile. */
    Answer heartbeat(ProjectionJob job, String owner) {
        return database.fetchOptional(
                        """
                        update projection.job set heartbeat_at = now(), phase = ?, position = ?, to_position = ?, rate = ?, error = ?
                        where id = (select id from projection.job where id = ? and owner = ? and state = 'RUNNING'
                            for update skip locked)
                        returning cancel_requested
                        """, job.phase(), job.position(), job.to(), job.rate(), job.error(), job.id(), owner)
                .map(row -> Boolean.TRUE.equals(row.get(0)) ? Answer.CANCEL : Answer.GO_ON)
                .orElseGet(() -> isMine(job.id(), owner) ? Answer.GO_ON : Answer.LOST);
    }

    private boolean isMine(UUID id, String owner) {
        return database.fetchOptional(
                        "select id from projection.job where id = ? and owner = ? and state = 'RUNNING'", id, owner)
                .isPresent();
    }

    /** Locks the job for the rest of the transaction, if it still is this node's. */
    boolean lockMine(DSLContext tx, UUID id, String owner) {
        return tx.fetchOptional(
                        "select id from projection.job where id = ? and owner = ? and state = 'RUNNING' for update",
                        id,
                        owner)
                .isPresent();
    }

    /** {@code name:version} of what any node has had code for within this time. */
    Set<String> code(Duration within) {
        return database.fetch(
                        "select distinct unnest(coalesce(code, runs)) from projection.node where beat_at > now() - ? * interval '1 millisecond'",
                        within.toMillis())
                .intoSet(0, String.class);
    }

    /**
     * Jobs that nobody can go on with.
     *
     * @param code {@code name:version} of what nodes have
     * @param alone for how long they must have been left alone
     */
    List<ProjectionJob> orphans(Collection<String> code, Duration alone) {
        return jobs(ORPHANED, alone.toMillis(), code.toArray(String[]::new));
    }

    /** Locks it for the rest of the transaction, if it still is one of {@link #orphans}. */
    boolean lockOrphan(DSLContext tx, UUID id, Collection<String> code, Duration alone) {
        return tx.fetchOptional(
                        "select id from projection.job where id = ? and " + ORPHANED + " for update",
                        id,
                        alone.toMillis(),
                        code.toArray(String[]::new))
                .isPresent();
    }

    /** @param left whether there still is what it filled */
    void end(DSLContext tx, ProjectionJob job, boolean left) {
        tx.execute(
                """
                update projection.job set state = ?, phase = null, position = ?, to_position = ?, rate = ?, error = ?,
                    verdict = ?, owner = null, ended_at = now(), drop_at = now() + drop_after,
                    dropped_at = case when ? then null else now() end
                where id = ?
                """,
                job.state().name(),
                job.position(),
                job.to(),
                job.rate(),
                job.error(),
                job.verdict() == null ? null : JSON.writeValueAsString(job.verdict()),
                left,
                job.id());
    }

    /** Another node may go on with it at once. */
    void release(UUID id, String owner) {
        database.execute("update projection.job set owner = null where id = ? and owner = ?", id, owner);
    }

    /** Whoever runs it, or takes it, ends it. @return false when it has ended */
    boolean cancel(UUID id) {
        return database.execute(
                        "update projection.job set cancel_requested = true where id = ? and state in ('WAITING', 'RUNNING')",
                        id)
                == 1;
    }

    /** No longer in use, and so its name is free. */
    void dropped(UUID id) {
        database.execute("update projection.job set dropped_at = now() where id = ?", id);
    }

    /** Its readers were led to what it filled, whatever it was told afterwards. */
    void served(UUID id) {
        database.execute("update projection.job set state = 'DONE', error = null, dropped_at = now() where id = ?", id);
    }

    void forget(Duration keptFor) {
        database.execute("""
                delete from projection.job where ended_at < now() - ? * interval '1 millisecond' and dropped_at is not null
                """, keptFor.toMillis());
    }

    Optional<ProjectionJob> find(UUID id) {
        return database.fetchOptional("select * from projection.job where id = ?", id)
                .map(JobTable::job);
    }

    List<ProjectionJob> active() {
        return jobs("state in ('WAITING', 'RUNNING') order by requested_at desc");
    }

    List<ProjectionJob> active(String projection) {
        return jobs("state in ('WAITING', 'RUNNING') and projection = ? order by requested_at desc", projection);
    }

    /** Newest first, behind {@code before}. */
    List<ProjectionJob> latest(@Nullable ProjectionJob before, int most) {
        return before == null
                ? jobs("true order by requested_at desc, id desc limit ?", most)
                : jobs(
                        "(requested_at, id) < (select requested_at, id from projection.job where id = ?) order by requested_at desc, id desc limit ?",
                        before.id(),
                        most);
    }

    List<ProjectionJob> latestOf(ProjectionJob.Kind kind) {
        return jobs("kind = ? order by requested_at desc limit 1000", kind.name());
    }

    List<ProjectionJob> latestOf(String projection, int most) {
        return jobs("projection = ? order by requested_at desc limit ?", projection, most);
    }

    /** Scratch schemas that are there. */
    List<ProjectionJob> scratches() {
        return jobs("state = 'DONE' and kind = 'REPLAY' and dropped_at is null order by requested_at");
    }

    /** Ended ones that have left what is to go: replays whose time is over, and what could not be dropped with its job. */
    List<ProjectionJob> due() {
        return jobs(
                "ended_at is not null and dropped_at is null and (drop_at < now() or kind <> 'REPLAY' or state <> 'DONE')");
    }

    /** The newest of each projection that ended so. */
    List<ProjectionJob> newest(ProjectionJob.Kind kind, ProjectionJob.State state) {
        return database.fetch("""
                        select distinct on (projection) * from projection.job where kind = ? and state = ?
                        order by projection, ended_at desc
                        """, kind.name(), state.name()).map(JobTable::job);
    }

    /** When an audit was last asked for, at work, or done. */
    Optional<Instant> auditedAt() {
        return Optional.ofNullable(
                        (OffsetDateTime)
                                database.fetchValue(
                                        "select max(greatest(requested_at, heartbeat_at, ended_at))::timestamptz from projection.job where kind = 'AUDIT'"))
                .map(OffsetDateTime::toInstant);
    }

    /** Whether all of a projection was audited in that time. */
    boolean auditedWhole(String projection, Duration within) {
        return database.fetchOptional("""
                        select 1 from projection.job where kind = 'AUDIT' and state = 'DONE' and slice is null and projection = ?
                            and ended_at > now() - ? * interval '1 millisecond' limit 1
                        """, projection, within.toMillis()).isPresent();
    }

    private List<ProjectionJob> jobs(String where, Object... values) {
        return database.fetch("select * from projection.job where " + where, values)
                .map(JobTable::job);
    }

    private static ProjectionJob job(Record row) {
        String verdict = row.get("verdict", String.class);
        return new ProjectionJob(
                row.get("id", UUID.class),
                ProjectionJob.Kind.valueOf(row.get("kind", String.class)),
                row.get("projection", String.class),
                row.get("target", String.class).toLowerCase(Locale.ROOT),
                row.get("version", Integer.class),
                row.get("generation", Integer.class),
                row.get("scratch", String.class),
                row.get("row_limit", Integer.class),
                row.get("despite_dead_letters", Boolean.class),
                slice(row.get("slice", String[].class)),
                ProjectionJob.State.valueOf(row.get("state", String.class)),
                row.get("phase", String.class),
                row.get("position", Long.class),
                row.get("to_position", Long.class),
                row.get("rate", Double.class),
                row.get("error", String.class),
                verdict == null ? null : JSON.readValue(verdict, Verdict.class),
                row.get("owner", String.class),
                instant(row, "requested_at"),
                row.get("started_at") == null ? null : instant(row, "started_at"),
                row.get("ended_at") == null ? null : instant(row, "ended_at"),
                row.get("drop_at") == null ? null : instant(row, "drop_at"),
                row.get("dropped_at") == null ? null : instant(row, "dropped_at"));
    }

    private static @Nullable List<String> slice(String @Nullable [] keys) {
        return keys == null ? null : List.of(keys);
    }

    private static Instant instant(Record row, String column) {
        return row.get(column, OffsetDateTime.class).toInstant();
    }
}
