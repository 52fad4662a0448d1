package app.veza.projectionengine;

import java.util.List;
import org.jooq.DSLContext;

/** The engine's own tables in each database, the same everywhere. */
final class SqlCatalog {
    /** Serializes every change of definitions in a database, over all nodes. The number is "veza" in ASCII. */
    private static final long LOCK = 0x76657a61L;

    private static final String TABLES = """
            create schema projection;
            comment on schema projection is 'How far each projection is in the event log';
            create schema if not exists view;
            comment on schema view is 'The read models as readers see them, whatever edition serves them';

            create table projection.position (
                name text not null,
                version int not null,
                log_id text not null,
                position bigint not null,
                chain_hash bytea not null,
                updated_at timestamptz not null,
                generation int not null default 1,
                primary key (name, version, generation)
            -- one row is updated some hundred times a second: room for versions of it on its page, early clean-up
            ) with (fillfactor = 20, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
            comment on table projection.position is 'Changes in the transaction of the batch it stands for';

            create table projection.definition (
                name text not null,
                version int not null,
                tables_checksum text not null,
                views_checksum text,
                served boolean not null default false,
                generation int not null default 1,
                retired_at timestamptz,
                primary key (name, version, generation)
            );
            create unique index definition_served on projection.definition (name) where served;
            """;

    /** A catalog from before read models could be rebuilt. */
    private static final String ADD_GENERATIONS = """
            alter table projection.position add generation int not null default 1;
            alter table projection.position drop constraint position_pkey;
            alter table projection.position add primary key (name, version, generation);
            alter table projection.definition add generation int not null default 1;
            alter table projection.definition add retired_at timestamptz;
            alter table projection.definition drop constraint definition_pkey;
            alter table projection.definition add primary key (name, version, generation);
            drop view projection.current;
            """;

    private static final String CURRENT = """
            comment on table projection.definition is 'Editions of each projection that have a schema here';
            comment on column projection.definition.generation is
                '1 when the version was first filled, one more with each rebuild; 0 for what was only filled aside';
            comment on column projection.definition.retired_at is
                'When another edition took its place; its position is gone since, its schema follows after a while';

            create view projection.current as
                select p.name, p.version, p.log_id, p.position, p.updated_at, p.generation
                from projection.position p join projection.definition d using (name, version, generation)
                where d.served;
            comment on view projection.current is 'Position of the edition that readers of each projection see';
            """;

    /** What databases lack that were made when all indexes came with the tables. */
    private static final String PREPARED = """
            alter table projection.definition add column prepared boolean not null default false;
            comment on column projection.definition.prepared is
                'Whether it has what only readers need, indexes and statistics; that is made when it was filled';
            """;

    /** What databases lack that were made before there were dead letters. */
    private static final String DEAD_LETTERS = """
            alter table projection.position add column dead_letters bigint not null default 0;
            comment on column projection.position.dead_letters is 'How many rows of dead_letter it has';
            create table projection.dead_letter (
                name text not null,
                version int not null,
                generation int not null,
                position bigint not null,
                sequence_key text not null,
                event_type text not null,
                error text,
                attempts int not null,
                parked_at timestamptz not null,
                tried_at timestamptz,
                primary key (name, version, generation, position),
                foreign key (name, version, generation) references projection.position on delete cascade
            );
            create index dead_letter_key
                on projection.dead_letter (name, version, generation, sequence_key, position);
            comment on table projection.dead_letter is
                'Events that could not be applied, and those of the same sequence key behind them; written with the position';
            comment on column projection.dead_letter.error is 'Without values of the event; null: waits behind an earlier one';
            """;

    /** What databases lack that were made before it was remembered what was given up. */
    private static final String GIVEN_UP = """
            create table projection.given_up (
                name text not null,
                version int not null,
                log_id text not null,
                position bigint not null,
                primary key (name, version, log_id, position)
            );
            comment on table projection.given_up is
                'Events that a person gave up for this version of a projection: none of its editions applies them, rebuilt ones neither';
            """;

    /** What databases lack that were made before projections were spread over nodes. */
    private static final String NODES = """
            create table projection.node (
                id text primary key,
                runs text[] not null,
                started_at timestamptz not null,
                beat_at timestamptz not null
            ) with (fillfactor = 50);
            comment on table projection.node is 'Nodes that run projections; who has not beaten for seconds counts as gone';
            comment on column projection.node.runs is 'name:version of each projection that it has and that is in order there';
            """;

    /** What databases lack whose nodes told only what was in order. */
    private static final String CODE = """
            alter table projection.node add column code text[];
            comment on column projection.node.code is 'name:version of each projection that it has, in order or not';
            """;

    private final List<String> readerRoles;

    SqlCatalog(List<String> readerRoles) {
        this.readerRoles = readerRoles;
    }

    /** For the rest of the transaction this node alone changes definitions in the database. */
    void lock(DSLContext tx) {
        tx.execute("select pg_advisory_xact_lock(?)", LOCK);
    }

    /** Under {@link #lock}. */
    void create(DSLContext tx) {
        if (!exists(tx)) {
            boolean older = Boolean.TRUE.equals(tx.fetchValue("select to_regclass('projection.current') is not null"));
            SqlScript.run(tx, older ? ADD_GENERATIONS : TABLES);
            SqlScript.run(tx, CURRENT);
        }
        if (!has(tx, "projection.definition", "prepared")) {
            SqlScript.run(tx, PREPARED);
        }
        if (!has(tx, "projection.dead_letter")) {
            SqlScript.run(tx, DEAD_LETTERS);
        }
        if (!has(tx, "projection.given_up")) {
            SqlScript.run(tx, GIVEN_UP);
        }
        if (!has(tx, "projection.node")) {
            SqlScript.run(tx, NODES);
        }
        if (!has(tx, "projection.node", "code")) {
            SqlScript.run(tx, CODE);
        }
        for (String role : readerRoles) {
            SqlScript.run(tx, """
                    grant usage on schema projection, view to %1$s;
                    grant select on all tables in schema projection, view to %1$s;
                    alter default privileges in schema view grant select on tables to %1$s;
                    """.formatted(quoted(role)));
        }
    }

    static String quoted(String role) {
        return "\"" + role.replace("\"", "\"\"") + "\"";
    }

    static boolean exists(DSLContext tx) {
        return has(tx, "projection.current", "generation");
    }

    private static boolean has(DSLContext tx, String table, String column) {
        return Boolean.TRUE.equals(tx.fetchValue(
                "select exists (select from pg_attribute where attrelid = to_regclass(?) and attname = ?)",
                table,
                column));
    }

    private static boolean has(DSLContext tx, String table) {
        return Boolean.TRUE.equals(tx.fetchValue("select to_regclass(?) is not null", table));
    }
}
