package app.veza.projectionengine;

import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;

/** A projection into tables of a PostgreSQL schema of its own, {@code <name>_v<version>}. */
public non-sealed interface SqlProjection extends Projection {
    Target target();

    /** Class-path resource: DDL of its tables, unqualified; runs once with {@code search_path} = its schema. */
    String tables();

    /**
     * Class-path resource: DDL of the indexes that readers look up by and {@link #apply} does not; runs once, like {@link #tables()},
     * when an edition beside the served one was filled and before its readers are led to it, for an index over what is there is made
     * in a part of the time that it takes to keep it up row by row. An edition that readers see from the start has them from the start.
     */
    default Optional<String> indexes() {
        return Optional.empty();
    }

    /**
     * Class-path resource: {@code CREATE VIEW view.x AS SELECT ... FROM ${schema}.x}, what the query side reads. Runs
     * whenever this version becomes the served one or the resource changed, in one transaction, after the views that
     * stood on the former version were dropped.
     */
    String views();

    /**
     * Applies a batch, in order of position, with set-based SQL in the transaction that moves the position.
     *
     * @param tx renders the generated schema {@code <name>} as {@code <name>_v<version>}; plain SQL finds its tables
     *     unqualified, by {@code search_path}; it must not commit, roll back or start transactions
     * @param batch handled events only, at least one
     */
    void apply(DSLContext tx, List<Recorded<?>> batch);
}
