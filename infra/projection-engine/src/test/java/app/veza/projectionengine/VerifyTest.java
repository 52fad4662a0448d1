package app.veza.projectionengine;

import static app.veza.projectionengine.JobFixture.done;
import static app.veza.projectionengine.JobFixture.reach;
import static app.veza.projectionengine.JobFixture.relation;
import static app.veza.projectionengine.JobFixture.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import app.veza.projectionengine.Ledger.Deposited;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

/** Verification and preview of read models in SQL; of those in Redis see {@link VerifyRedisTest}. */
class VerifyTest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final JobFixture fixture = new JobFixture();
    private final Balances ledger = new Balances("ledger");
    private final Totals totals = new Totals("totals", 1);

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void ofASoundReadModelFindsNothingAlsoUnderLoadAndLeavesNothing() throws InterruptedException {
        ListLog log = new ListLog("a", Ledger.history(5_000, 1));
        AtomicBoolean over = new AtomicBoolean();
        try (ProjectionEngine engine = fixture.start(log, ledger, totals)) {
            reach(engine, log, "ledger", "totals");
            Thread writer = JobFixture.writer(log, over);
            Verdict sql = verdict(engine, engine.jobs().verify("ledger", 10));
            Verdict redis = verdict(engine, engine.jobs().verify("totals", 10));
            over.set(true);
            writer.join();
            assertThat(sql.same()).as("%s", sql).isTrue();
            assertThat(sql.position()).isGreaterThanOrEqualTo(5_000);
            assertThat(relation(sql, "balance").rows()).isPositive();
            assertThat(relation(sql, "deposit").rows()).isPositive();
            assertThat(redis.same()).as("%s", redis).isTrue();
            assertThat(relation(redis, "total").rows()).isPositive();
            assertThat(fixture.schemas()).containsExactly("ledger_v1");
            assertThat(fixture.stems()).containsExactly("{totals:1:0}");
        }
    }

    @Test
    void showsEachRowThatDiffers() throws InterruptedException {
        ListLog log = new ListLog("a");
        for (int account = 1; account <= 100; account++) {
            log.append(new Deposited(account, 10L * account));
        }
        try (ProjectionEngine engine = fixture.start(log, ledger)) {
            reach(engine, log, "ledger");
            fixture.sql.execute("delete from ledger_v1.balance where account = 7");
            fixture.sql.execute("update ledger_v1.balance set amount = 1, deposits = 9 where account = 8");
            fixture.sql.execute("insert into ledger_v1.balance values (700, 5, 1, 3)");
            Verdict verdict = verdict(engine, engine.jobs().verify("ledger", 10));
            Verdict.Relation balance = relation(verdict, "balance");
            assertThat(balance.missing()).isEqualTo(1);
            assertThat(balance.extra()).isEqualTo(1);
            assertThat(balance.changed()).isEqualTo(1);
            assertThat(relation(verdict, "deposit").differences()).isZero();
            assertThat(verdict.rows()).hasSize(3);
            assertThat(verdict.rows()).anySatisfy(row -> {
                assertThat(row.kind()).isEqualTo(Verdict.Kind.CHANGED);
                assertThat(row.key()).isEqualTo(Map.of("account", JSON.numberNode(8)));
                assertThat(row.columns())
                        .containsExactly(
                                new Verdict.Column("amount", JSON.numberNode(1), JSON.numberNode(80)),
                                new Verdict.Column("deposits", JSON.numberNode(9), JSON.numberNode(1)));
            });
            assertThat(verdict.rows()).anySatisfy(row -> {
                assertThat(row.kind()).isEqualTo(Verdict.Kind.MISSING);
                assertThat(row.columns()).contains(new Verdict.Column("amount", JSON.nullNode(), JSON.numberNode(70)));
            });
            assertThat(verdict.rows()).anySatisfy(row -> {
                assertThat(row.kind()).isEqualTo(Verdict.Kind.EXTRA);
                assertThat(row.key()).isEqualTo(Map.of("account", JSON.numberNode(700)));
            });
            // a rebuild puts it right
            done(engine, engine.jobs().rebuild("ledger"));
            assertThat(verdict(engine, engine.jobs().verify("ledger", 10)).same())
                    .isTrue();
        }
    }

    @Test
    void previewTellsWhatReadersWouldSeeOfOtherCode() throws InterruptedException {
        ListLog log = new ListLog("a");
        for (int account = 1; account <= 20; account++) {
            log.append(new Deposited(account, account));
        }
        try (ProjectionEngine engine = fixture.start(log, ledger)) {
            reach(engine, log, "ledger");
            fixture.sql.execute("update ledger_v1.balance set amount = 99 where account = 3");
            Balances second = new Balances("ledger", 2, Target.PRIMARY, position -> {});
            ProjectionJob job = Asked.comparison(ProjectionJob.Kind.PREVIEW, second, 10);
            // as a node with the newer code does before it takes over
            JobTools tools = fixture.tools(log, JobsConfig.defaults(), Engines.config());
            JobTable table = tools.table();
            table.create();
            table.insert(job, null);
            table.claim(tools.jobs().node(), List.of("ledger:2"), Duration.ofSeconds(5));
            JobRun run = new JobRun(job, java.util.Optional.of(second), tools);
            run.start();
            Verdict verdict = verdict(engine, job);
            Verdict.Relation balance = relation(verdict, "ledger_balance");
            assertThat(balance.added()).containsExactly("note");
            assertThat(balance.removed()).isEmpty();
            assertThat(balance.changed()).isEqualTo(1);
            assertThat(verdict.rows().getFirst().columns())
                    .containsExactly(new Verdict.Column("amount", JSON.numberNode(99), JSON.numberNode(3)));
            assertThat(fixture.schemas()).containsExactly("ledger_v1");
            assertThat(fixture.sql.fetchValue("select version from projection.current"))
                    .isEqualTo(1);
        }
    }

    /** No timeout ends what it has pinned: the database would keep every dead row for it. */
    @Test
    void whatANodePinnedThatIsStoppedEndsWithTheTakeover() throws Exception {
        ListLog log = new ListLog("a", Ledger.history(100, 1));
        try (ProjectionEngine engine = fixture.start(log, ledger)) {
            reach(engine, log, "ledger");
            // what is left of it cannot even be closed
            Connection stopped = DriverManager.getConnection(
                    fixture.database.getJdbcUrl(), fixture.database.getUsername(), fixture.database.getPassword());
            ProjectionJob job = Asked.comparison(ProjectionJob.Kind.VERIFY, ledger, 10);
            stopped.setAutoCommit(false);
            try (Statement statement = stopped.createStatement()) {
                statement.execute("set application_name = '%s'".formatted(Verification.applicationName(job)));
                statement.execute("select count(*) from ledger_v1.balance");
            }
            fixture.tools(log, JobsConfig.defaults(), Engines.config()).table().insert(job, null);
            assertThat(verdict(engine, job).same()).isTrue();
            assertThat(stopped.isValid(1)).isFalse();
            stopped.abort(Runnable::run);
        }
    }

    /** Balances whose view tells the time, as of what is still going on. */
    private record Timed(Balances of) implements SqlProjection {
        @Override
        public String name() {
            return "timed";
        }

        @Override
        public int version() {
            return 1;
        }

        @Override
        public Target target() {
            return Target.PRIMARY;
        }

        @Override
        public String tables() {
            return of.tables();
        }

        @Override
        public String views() {
            return "app/veza/projectionengine/timed-views-1.sql";
        }

        @Override
        public Set<String> eventTypes() {
            return of.eventTypes();
        }

        @Override
        public void apply(DSLContext tx, List<Recorded<?>> batch) {
            of.apply(tx, batch);
        }
    }

    /** One that stands on no table is a projection's by its name alone. */
    @Test
    void aViewUponNoTableIsComparedAndSwitchedLikeAnyOther() throws InterruptedException {
        ListLog log = new ListLog("a", Ledger.history(100, 5));
        try (ProjectionEngine engine = fixture.start(log, new Timed(ledger))) {
            reach(engine, log, "timed");
            fixture.sql.execute("update projection.definition set views_checksum = 'former'");
            Verdict verdict = verdict(engine, engine.jobs().preview("timed", 10));
            assertThat(relation(verdict, "timed_hours").rows()).isEqualTo(24);
            assertThat(verdict).matches(Verdict::same, "finds nothing");
            // with a column that the new one has no more
            fixture.sql.execute(
                    "drop view view.timed_hours; create view view.timed_hours as select 1 as former, 2 as hour");
            done(engine, engine.jobs().rebuild("timed"));
            assertThat(fixture.sql.fetchValue("select count(hour) from view.timed_hours"))
                    .isEqualTo(24L);
        }
    }

    @Test
    void previewAsksBothSidesOfOneMoment() throws InterruptedException {
        ListLog log = new ListLog("a", Ledger.history(100, 5));
        try (ProjectionEngine engine = fixture.start(log, new Timed(ledger))) {
            reach(engine, log, "timed");
            // as if its views were of other code: else nothing is left to preview
            fixture.sql.execute("update projection.definition set views_checksum = 'former'");
            Verdict verdict = verdict(engine, engine.jobs().preview("timed", 10));
            assertThat(relation(verdict, "timed_balance").rows()).isPositive();
            assertThat(verdict).matches(Verdict::same, "finds nothing");
        }
    }
}
