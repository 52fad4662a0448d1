package app.veza.projectionengine;

import java.util.List;
import java.util.Set;
import org.jooq.DSLContext;

/** Tables and views as the database's catalog has them. */
final class SqlRelations {
    /**
     * @param columns in their order; generated ones too, for they are read as well
     * @param key columns that tell rows apart; empty where nothing is known to do so
     */
    record Relation(String schema, String name, List<String> columns, List<String> key) {
        String qualified() {
            return quoted(schema) + "." + quoted(name);
        }

        Relation with(List<String> otherColumns, List<String> otherKey) {
            return new Relation(schema, name, otherColumns, otherKey);
        }
    }

    private SqlRelations() {}

    static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    /** A partitioned table is one, with all of its rows. */
    static List<Relation> tables(DSLContext tx, String schema) {
        return relations(tx, schema, "c.relkind in ('r', 'p') and not c.relispartition");
    }

    static List<Relation> views(DSLContext tx, String schema) {
        return relations(tx, schema, "c.relkind in ('v', 'm')");
    }

    /**
     * Of all views of the schema {@code view}, those that stand on the tables of {@code tables}, directly or not, and those of the names:
     * a calendar, say, stands on no table.
     */
    static List<Relation> viewsUpon(DSLContext tx, String tables, Set<String> orNamed) {
        List<String> names = tx.fetch("""
                        with recursive upon (oid) as (
                            select c.oid from pg_class c where c.relnamespace = to_regnamespace(?)
                            union
                            select r.ev_class from upon
                            join pg_depend d on d.classid = 'pg_rewrite'::regclass
                                and d.refclassid = 'pg_class'::regclass and d.refobjid = upon.oid
                            join pg_rewrite r on r.oid = d.objid)
                        select distinct c.relname from upon join pg_class c using (oid)
                        where c.relnamespace = 'view'::regnamespace
                        """, tables).getValues(0, String.class);
        return views(tx, "view").stream()
                .filter(view -> names.contains(view.name()) || orNamed.contains(view.name()))
                .toList();
    }

    private static List<Relation> relations(DSLContext tx, String schema, String which) {
        return tx.fetch("""
                        select c.relname,
                            (select array_agg(a.attname::text order by a.attnum) from pg_attribute a
                                where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped),
                            (select array_agg(a.attname::text order by array_position(i.indkey::int2[], a.attnum))
                                from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = any(i.indkey)
                                where i.indrelid = c.oid and i.indisprimary)
                        from pg_class c where c.relnamespace = to_regnamespace(?) and %s order by c.relname
                        """.formatted(which), schema)
                .map(row -> new Relation(
                        schema,
                        row.get(0, String.class),
                        list(row.get(1, String[].class)),
                        list(row.get(2, String[].class))));
    }

    private static List<String> list(String[] names) {
        return names == null ? List.of() : List.of(names);
    }
}
