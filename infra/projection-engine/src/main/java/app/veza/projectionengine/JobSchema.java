package app.veza.projectionengine;

import org.jooq.DSLContext;

/** The table of jobs as it stands in the primary database, whichever code made it first. */
final class JobSchema {

    private static final String TABLE = """
            create table if not exists projection.job (
                id uuid primary key,
                kind text not null,
                projection text not null,
                target text not null,
                version int not null,
                generation int not null,
                scratch text,
                row_limit int not null,
                slice text[],
                state text not null default 'WAITING',
                phase text,
                position bigint not null default 0,
                to_position bigint not null default 0,
                rate float8 not null default 0,
                error text,
                verdict text,
                owner text,
                heartbeat_at timestamptz,
                cancel_requested boolean not null default false,
                requested_at timestamptz not null default now(),
                started_at timestamptz,
                ended_at timestamptz,
                drop_after interval,
                drop_at timestamptz,
                dropped_at timestamptz
            );
            alter table projection.job add column if not exists slice text[];
            alter table projection.job add column if not exists despite_dead_letters boolean not null default false;
            comment on table projection.job is 'Rebuilds, replays and verifications of projections; which node runs each, and how far it is';
            create unique index if not exists job_one_of_a_kind on projection.job (projection, kind)
                where state in ('WAITING', 'RUNNING') and kind <> 'REPLAY';
            create unique index if not exists job_scratch on projection.job (scratch)
                where scratch is not null and dropped_at is null;
            create index if not exists job_requested on projection.job (requested_at);
            """;

    /** Also where the code before this one made it. */
    private static final String UNMADE = """
            select (select count(*) from pg_attribute where (attrelid, attname) in (
                (to_regclass('projection.job'), 'slice'), (to_regclass('projection.job'), 'despite_dead_letters'),
                (to_regclass('projection.node'), 'code'))) < 3
            """;

    private JobSchema() {}

    /** Nothing happens where it is there already. */
    static void create(DSLContext database, SqlCatalog catalog) {
        if (Boolean.TRUE.equals(database.fetchValue(UNMADE))) {
            database.transaction(transaction -> {
                catalog.lock(transaction.dsl());
                catalog.create(transaction.dsl());
                SqlScript.run(transaction.dsl(), TABLE);
            });
        }
    }
}
