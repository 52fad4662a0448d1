package app.veza.projectionengine;

import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Schema, views and rows of one version of a projection in its database. All but reads run under the catalog's lock. */
final class SqlSchema {
    private static final Logger LOG = LoggerFactory.getLogger(SqlSchema.class);

    private final SqlProjection projection;
    private final String name;
    private final int version;
    private final String schema;

    SqlSchema(SqlProjection projection) {
        this.projection = projection;
        this.name = projection.name();
        this.version = projection.version();
        this.schema = Definitions.schema(name, version);
    }

    String schema() {
        return schema;
    }

    /** True when tables, definition and position of this version are all there. */
    boolean complete(DSLContext tx) {
        return Boolean.TRUE.equals(tx.fetchValue("""
                select to_regnamespace(?) is not null
                    and exists (select from projection.definition where name = ? and version = ?)
                    and exists (select from projection.position where name = ? and version = ?)
                """, schema, name, version, name, version));
    }

    /** Fails when the resource changed and the version did not: the tables there are not what the code expects. */
    void checkTables(DSLContext tx) {
        Object stored = tx.fetchValue(
                "select tables_checksum from projection.definition where name = ? and version = ?", name, version);
        if (!tablesChecksum().equals(stored)) {
            throw new DefinitionException("Tables of projection " + name + " changed since version " + version
                    + " was made (" + projection.tables() + "): raise its version");
        }
    }

    /** Makes this version anew, empty, at position 0; if readers see it, they go on seeing it. */
    void recreate(DSLContext tx, String logId) {
        boolean served = version == servedVersion(tx);
        SqlScript.run(
                tx,
                "drop schema if exists %1$s cascade; create schema %1$s; set local search_path = %1$s;"
                        .formatted(schema));
        SqlScript.run(tx, Definitions.resource(projection, projection.tables()));
        tx.execute("""
                insert into projection.definition (name, version, tables_checksum) values (?, ?, ?)
                on conflict (name, version) do update set tables_checksum = excluded.tables_checksum, views_checksum = null
                """, name, version, tablesChecksum());
        tx.execute("""
                insert into projection.position (name, version, log_id, position, chain_hash, updated_at)
                values (?, ?, ?, 0, '', now())
                on conflict (name, version) do update
                set log_id = excluded.log_id, position = 0, chain_hash = '', updated_at = now()
                """, name, version, logId);
        if (served || servedVersion(tx) == 0) {
            serve(tx);
        }
    }

    /** 0: none. */
    int servedVersion(DSLContext tx) {
        Record served = tx.fetchOne("select version from projection.definition where name = ? and served", name);
        return served == null ? 0 : served.get(0, Integer.class);
    }

    boolean viewsCurrent(DSLContext tx) {
        return servedVersion(tx) == version
                && viewsChecksum()
                        .equals(tx.fetchValue(
                                "select views_checksum from projection.definition where name = ? and version = ?",
                                name,
                                version));
    }

    /** Leads the views to this version; whoever reads meanwhile sees the former ones or these, never none. */
    void serve(DSLContext tx) {
        int former = servedVersion(tx);
        if (former > version) {
            LOG.warn("Projection {} stays served by version {}, which is above {}", name, former, version);
            return;
        }
        if (former != 0) {
            dropViews(tx, Definitions.schema(name, former));
        }
        SqlScript.run(tx, "set local search_path = view");
        SqlScript.run(tx, Definitions.resource(projection, projection.views()).replace("${schema}", schema));
        tx.execute("update projection.definition set served = false where name = ? and served", name);
        tx.execute(
                "update projection.definition set served = true, views_checksum = ? where name = ? and version = ?",
                viewsChecksum(),
                name,
                version);
        LOG.info("Projection {} is served by version {}", name, version);
    }

    private static void dropViews(DSLContext tx, String formerSchema) {
        List<String> views = tx.fetch("""
                        select distinct v.relname from pg_class v
                        join pg_rewrite r on r.ev_class = v.oid
                        join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = r.oid
                        join pg_class t on d.refclassid = 'pg_class'::regclass and t.oid = d.refobjid
                        where v.relkind = 'v' and v.relnamespace = 'view'::regnamespace
                            and t.relnamespace = to_regnamespace(?)
                        """, formerSchema).getValues(0, String.class);
        for (String view : views) {
            // cascade: views upon these views are made again by the same resource
            SqlScript.run(tx, "drop view if exists view.\"" + view + "\" cascade");
        }
    }

    private String tablesChecksum() {
        return Definitions.checksum(Definitions.resource(projection, projection.tables()));
    }

    private String viewsChecksum() {
        return Definitions.checksum(Definitions.resource(projection, projection.views()));
    }
}
