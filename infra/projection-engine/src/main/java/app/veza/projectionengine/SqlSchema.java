package app.veza.projectionengine;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Schema, views and rows of one edition of a projection in its database. All but reads run under the catalog's lock. */
final class SqlSchema {
    private static final Logger LOG = LoggerFactory.getLogger(SqlSchema.class);

    private final SqlProjection projection;
    private final Edition edition;
    private final String name;
    private final int version;
    private final int generation;
    private final String schema;

    SqlSchema(SqlProjection projection, Edition edition) {
        this.projection = projection;
        this.edition = edition;
        this.name = edition.name();
        this.version = edition.version();
        this.generation = edition.generation();
        this.schema = edition.schema();
    }

    Edition edition() {
        return edition;
    }

    String schema() {
        return schema;
    }

    /** The edition that readers see. */
    static Optional<Edition> served(DSLContext tx, String name) {
        return tx.fetchOptional("select version, generation from projection.definition where name = ? and served", name)
                .map(row -> new Edition(name, row.get(0, Integer.class), row.get(1, Integer.class)));
    }

    static Optional<ServedAt> servedAt(DSLContext tx, String name) {
        return tx.fetchOptional("select version, generation, position from projection.current where name = ?", name)
                .map(row -> new ServedAt(
                        new Edition(name, row.get(0, Integer.class), row.get(1, Integer.class)),
                        row.get(2, Long.class)));
    }

    /** True when tables, definition and position of this edition are all there. */
    boolean complete(DSLContext tx) {
        return Boolean.TRUE.equals(tx.fetchValue("""
                select to_regnamespace(?) is not null
                    and exists (select from projection.definition
                        where name = ? and version = ? and generation = ? and retired_at is null)
                    and exists (select from projection.position where name = ? and version = ? and generation = ?)
                """, schema, name, version, generation, name, version, generation));
    }

    /** False when it was never made, when it was dropped, and when another edition took its place. */
    boolean defined(DSLContext tx) {
        return Boolean.TRUE.equals(tx.fetchValue("""
                select exists (select from projection.definition
                    where name = ? and version = ? and generation = ? and retired_at is null)
                """, name, version, generation));
    }

    /** True when another edition took its place. */
    boolean retired(DSLContext tx) {
        return Boolean.TRUE.equals(tx.fetchValue("""
                select exists (select from projection.definition
                    where name = ? and version = ? and generation = ? and retired_at is not null)
                """, name, version, generation));
    }

    /** Fails when the resource changed and the version did not: the tables there are not what the code expects. */
    void checkTables(DSLContext tx) {
        Object stored = tx.fetchValue(
                "select tables_checksum from projection.definition where name = ? and version = ? and generation = ?",
                name,
                version,
                generation);
        if (!tablesChecksum().equals(stored)) {
            throw new DefinitionException("Tables of projection " + name + " changed since version " + version
                    + " was made (" + projection.tables() + "): raise its version");
        }
    }

    /** Makes this edition anew, empty, at position 0; if readers see it, they go on seeing it. */
    void recreate(DSLContext tx, String logId) {
        Optional<Edition> served = served(tx, name);
        SqlScript.run(
                tx,
                "drop schema if exists %1$s cascade; create schema %1$s; set local search_path = %1$s;"
                        .formatted(schema));
        SqlScript.run(tx, Definitions.resource(projection, projection.tables()));
        tx.execute("""
                insert into projection.definition (name, version, generation, tables_checksum) values (?, ?, ?, ?)
                on conflict (name, version, generation) do update
                set tables_checksum = excluded.tables_checksum, views_checksum = null, retired_at = null, prepared = false
                """, name, version, generation, tablesChecksum());
        tx.execute("""
                insert into projection.position (name, version, generation, log_id, position, chain_hash, updated_at)
                values (?, ?, ?, ?, 0, '', now())
                on conflict (name, version, generation) do update
                set log_id = excluded.log_id, position = 0, chain_hash = '', updated_at = now(), dead_letters = 0
                """, name, version, generation, logId);
        tx.execute(
                "delete from projection.dead_letter where name = ? and version = ? and generation = ?",
                name,
                version,
                generation);
        if (!edition.scratch() && (served.isEmpty() || served.get().equals(edition))) {
            index(tx);
            serve(tx);
        } else {
            // nobody reads it: statistics would be made of it again and again while it grows
            alterTables(tx, "set (autovacuum_enabled = false)");
        }
    }

    /** True when it has what its readers need. */
    boolean prepared(DSLContext tx) {
        return prepared(tx, "");
    }

    private boolean prepared(DSLContext tx, String lock) {
        return Boolean.TRUE.equals(tx.fetchValue(
                "select prepared from projection.definition where name = ? and version = ? and generation = ? " + lock,
                name,
                version,
                generation));
    }

    /** Makes what readers need, unless it is there; over many rows that takes its time. */
    void prepare(DSLContext tx) {
        if (!prepared(tx, "for update")) {
            index(tx);
            alterTables(tx, "reset (autovacuum_enabled)");
            // nothing is known yet of tables that were just filled, and readers would get plans that fit empty ones
            SqlRelations.tables(tx, schema).forEach(table -> tx.execute("analyze " + table.qualified()));
        }
    }

    private void index(DSLContext tx) {
        projection
                .indexes()
                .ifPresent(indexes -> SqlScript.run(
                        tx,
                        "set local search_path = %s;%s".formatted(schema, Definitions.resource(projection, indexes))));
        tx.execute(
                "update projection.definition set prepared = true where name = ? and version = ? and generation = ?",
                name,
                version,
                generation);
    }

    private void alterTables(DSLContext tx, String how) {
        List<String> tables = tx.fetch(
                        "select relname from pg_class where relnamespace = to_regnamespace(?) and relkind = 'r'",
                        schema)
                .getValues(0, String.class);
        SqlScript.run(
                tx,
                tables.stream()
                        .map(table -> "alter table %s.%s %s".formatted(schema, SqlRelations.quoted(table), how))
                        .collect(Collectors.joining(";")));
    }

    boolean viewsCurrent(DSLContext tx) {
        return served(tx, name).filter(edition::equals).isPresent()
                && viewsChecksum()
                        .equals(tx.fetchValue(
                                "select views_checksum from projection.definition where name = ? and version = ? and generation = ?",
                                name,
                                version,
                                generation));
    }

    /** Leads the views to this edition; whoever reads meanwhile sees the former ones or these, never none. */
    void serve(DSLContext tx) {
        Optional<Edition> former = served(tx, name);
        String views = Definitions.resource(projection, projection.views());
        former.ifPresent(one -> dropViews(tx, views(tx, one.schema())));
        // some stand on no table of the former edition, so nothing but their names tells whose they are
        dropViews(tx, Definitions.viewsMade(views));
        SqlScript.run(tx, "set local search_path = view");
        SqlScript.run(tx, views.replace("${schema}", schema));
        tx.execute("update projection.definition set served = false where name = ? and served", name);
        tx.execute(
                "update projection.definition set served = true, views_checksum = ? where name = ? and version = ? and generation = ?",
                viewsChecksum(),
                name,
                version,
                generation);
        retireOthers(tx, former);
        if (!former.equals(Optional.of(edition))) {
            LOG.info("Projection {} is served by {}", name, edition.spoken());
        }
    }

    /**
     * The former edition, and those that were filled before this one and never served. Without its row of positions a runner
     * anywhere moves none of them any further, and looks for the edition that is served. Their dead letters are of no use to
     * this one, which had its own while it was filled.
     */
    private void retireOthers(DSLContext tx, Optional<Edition> former) {
        Edition last = former.orElse(edition);
        tx.execute(
                """
                with retired as (
                    update projection.definition set retired_at = now()
                    where name = ? and generation > 0 and retired_at is null and (version, generation) <> (?, ?)
                        and ((version, generation) = (?, ?) or version < ? or version = ? and generation < ?)
                    returning version, generation)
                delete from projection.position p using retired r
                where p.name = ? and p.version = r.version and p.generation = r.generation
                """, name, version, generation, last.version(), last.generation(), version, version, generation, name);
    }

    /** Views that readers see now. */
    List<String> former(DSLContext tx) {
        return served(tx, name).map(one -> views(tx, one.schema())).orElse(List.of());
    }

    private static void dropViews(DSLContext tx, List<String> names) {
        for (String view : names) {
            // cascade: views upon these views are made again by the same resource
            SqlScript.run(tx, "drop view if exists view.\"" + view + "\" cascade");
        }
    }

    private static List<String> views(DSLContext tx, String ofSchema) {
        return tx.fetch("""
                        select distinct v.relname from pg_class v
                        join pg_rewrite r on r.ev_class = v.oid
                        join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = r.oid
                        join pg_class t on d.refclassid = 'pg_class'::regclass and t.oid = d.refobjid
                        where v.relkind = 'v' and v.relnamespace = 'view'::regnamespace
                            and t.relnamespace = to_regnamespace(?)
                        """, ofSchema).getValues(0, String.class);
    }

    private String tablesChecksum() {
        String tables = Definitions.resource(projection, projection.tables());
        String indexes = projection
                .indexes()
                .map(resource -> Definitions.resource(projection, resource))
                .orElse("");
        return Definitions.checksum(tables + indexes);
    }

    private String viewsChecksum() {
        return Definitions.checksum(Definitions.resource(projection, projection.views()));
    }
}
