package app.veza.projectionengine;

import static app.veza.projectionengine.Engines.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import app.veza.embedded.EmbeddedPlatform;
import app.veza.embedded.FreshDatabase;
import com.zaxxer.hikari.HikariDataSource;
import io.lettuce.core.RedisClient;
import java.time.Duration;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** Tests of the ledger in PostgreSQL: a database for each class, emptied before each test; no Redis. */
abstract class SqlLedgerTest {
    final Balances ledger = new Balances("ledger");
    private final RedisClient redis = RedisClient.create("redis://127.0.0.1:1");
    static FreshDatabase fresh;
    HikariDataSource database;
    DSLContext sql;

    @BeforeAll
    static void create() {
        fresh = EmbeddedPlatform.shared().freshDatabase();
    }

    @AfterAll
    static void drop() {
        fresh.close();
    }

    @BeforeEach
    void empty() {
        database = Engines.primary(fresh.properties());
        sql = DSL.using(database, SQLDialect.POSTGRES);
        sql.execute("drop schema if exists projection, view, ledger_v1, ledger_v2, other_v1 cascade");
    }

    @AfterEach
    void shutDown() {
        database.close();
        redis.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    }

    ProjectionTargets targets() {
        return new ProjectionTargets(database, database, redis);
    }

    ProjectionEngine start(EventLog log, Projection... projections) {
        return Engines.start(log, targets(), Engines.config(), projections);
    }

    static void reach(ProjectionEngine engine, EventLog log) throws InterruptedException {
        assertThat(engine.awaitPosition("ledger", log.head(), PATIENCE))
                .as("%s", engine.positions())
                .isTrue();
    }
}
