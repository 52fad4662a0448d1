package app.veza.server.node;

import app.veza.stores.Migrations;
import app.veza.stores.PostgresPool;

/** The tables of reactions, which all of them share. */
public final class ReactionTables {

    private ReactionTables() {}

    /** Makes them where there are none yet, or older ones. */
    public static Runnable in(PostgresPool pool) {
        return () -> Migrations.run(pool.dataSource(), "app/veza/reaction/migrations", "reaction");
    }
}
