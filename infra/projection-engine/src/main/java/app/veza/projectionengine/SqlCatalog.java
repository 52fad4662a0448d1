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
            comment on schema view is 'The read models as readers see them, whatever version serves them';

            create table projection.position (
                name text not null,
                version int not null,
                log_id text not null,
                position bigint not null,
                chain_hash bytea not null,
                updated_at timestamptz not null,
                primary key (name, version)
            -- one row is updated some hundred times a second: room for versions of it on its page, early clean-up
            ) with (fillfactor = 20, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);
            comment on table projection.position is 'Changes in the transaction of the batch it stands for';

            create table projection.definition (
                name text not null,
                version int not null,
                tables_checksum text not null,
                views_checksum text,
                served boolean not null default false,
                primary key (name, version)
            );
            create unique index definition_served on projection.definition (name) where served;
            comment on table projection.definition is 'Versions of each projection that have a schema here';

            create view projection.current as
                select p.name, p.version, p.log_id, p.position, p.updated_at
                from projection.position p join projection.definition d using (name, version)
                where d.served;
            comment on view projection.current is 'Position of the version that readers of each projection see';
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
            SqlScript.run(tx, TABLES);
        }
        for (String role : readerRoles) {
            String quoted = "\"" + role.replace("\"", "\"\"") + "\"";
            SqlScript.run(tx, """
                    grant usage on schema projection, view to %1$s;
                    grant select on all tables in schema projection, view to %1$s;
                    alter default privileges in schema view grant select on tables to %1$s;
                    """.formatted(quoted));
        }
    }

    static boolean exists(DSLContext tx) {
        return Boolean.TRUE.equals(tx.fetchValue("select to_regclass('projection.current') is not null"));
    }
}
