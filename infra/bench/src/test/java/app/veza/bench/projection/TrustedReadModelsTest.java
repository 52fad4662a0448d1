package app.veza.bench.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.embedded.NatsServer;
import app.veza.embedded.NatsServerOptions;
import app.veza.embedded.PostgresServer;
import app.veza.embedded.PostgresServerOptions;
import app.veza.embedded.RedisServer;
import app.veza.embedded.RedisServerOptions;
import app.veza.event.chat.MessageDeleted;
import app.veza.projection.Projections;
import app.veza.projectionengine.JobsConfig;
import app.veza.projectionengine.Projection;
import app.veza.projectionengine.ProjectionEngine;
import app.veza.projectionengine.ProjectionEngineConfig;
import app.veza.projectionengine.ProjectionEngineConfig.Switching;
import app.veza.projectionengine.ProjectionJob;
import app.veza.projectionengine.ProjectionTargets;
import app.veza.projectionengine.Recorded;
import app.veza.projectionengine.RedisProjection;
import app.veza.projectionengine.Verdict;
import app.veza.server.node.LoggedEvents;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What engineers are told of the product's own read models, over a restless history with people who were erased: audits of slices and previews
 * of the same code find nothing, of a row that is wrong and of other code all that is different.
 */
class TrustedReadModelsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final int EVENTS = 4_000;

    @TempDir
    Path directory;

    private PostgresServer postgres;
    private RedisServer redis;
    private NatsServer nats;
    private CrashParts parts;

    @BeforeEach
    void write() throws InterruptedException {
        postgres = PostgresServer.start(PostgresServerOptions.temporary());
        redis = RedisServer.start(RedisServerOptions.temporary());
        nats = NatsServer.start(NatsServerOptions.temporary());
        parts = CrashParts.open(
                CrashParts.addresses(postgres.url(), postgres, postgres, redis, nats), directory.resolve("parts"));
        long seed = System.nanoTime();
        new WrittenLog(
                        parts.log(),
                        parts.codec(),
                        parts.erasures(),
                        RealisticHistory.restless(seed, Instant.now(), Duration.ofSeconds(2)))
                .growTo(EVENTS);
        await().atMost(PATIENCE)
                .until(() -> parts.erasures().position() >= parts.log().head());
    }

    @AfterEach
    void stop() throws InterruptedException {
        parts.close();
        nats.close();
        redis.close();
        postgres.close();
    }

    /** At full speed, and slices only where all of it was looked at once. */
    private static JobsConfig audits(Duration every) {
        JobsConfig usual = JobsConfig.defaults();
        return new JobsConfig(
                usual.node(),
                usual.jobs(),
                usual.takeOver(),
                usual.retiredFor(),
                every,
                usual.auditWhole(),
                1,
                usual.keptFor(),
                usual.abandonedAfter());
    }

    private ProjectionEngine engine(Collection<Projection> projections, Duration auditEvery, Switching switching) {
        return ProjectionEngine.start(
                new LoggedEvents(parts.log(), parts.codec()),
                new ProjectionTargets(parts.database(), parts.database(), parts.redis()),
                projections,
                ProjectionEngineConfig.defaults().withSwitching(switching),
                audits(auditEvery),
                new SimpleMeterRegistry(),
                null);
    }

    private void filled(ProjectionEngine engine, List<Projection> projections) throws InterruptedException {
        for (Projection projection : projections) {
            assertThat(engine.awaitPosition(projection.name(), parts.log().head(), PATIENCE))
                    .as("%s", engine.positions())
                    .isTrue();
        }
    }

    private static List<ProjectionJob> audits(ProjectionEngine engine, String name, Predicate<ProjectionJob> wanted) {
        return engine.jobs().latestOf(name).stream()
                .filter(job -> job.kind() == ProjectionJob.Kind.AUDIT && job.verdict() != null)
                .filter(wanted)
                .toList();
    }

    /** Some of each store; one audit takes seconds. */
    @Test
    void auditsOfSlicesFindWhatIsWrongAndNothingElse() throws InterruptedException {
        Set<String> some = Set.of("chat", "people", "message_facts", "recent_messages");
        audited(Projections.all().stream()
                .filter(projection -> some.contains(projection.name()))
                .toList());
    }

    @Test
    @Tag("soak")
    void auditsOfSlicesOfAllReadModelsDo() throws InterruptedException {
        audited(Projections.all());
    }

    private void audited(List<Projection> projections) throws InterruptedException {
        try (ProjectionEngine engine = engine(projections, Duration.ofMillis(20), Switching.BY_ITSELF)) {
            filled(engine, projections);
            List<Projection> sliced = projections.stream()
                    .filter(projection -> projection.slicing().isPresent())
                    .toList();
            assertThat(sliced).hasSizeGreaterThan(projections.size() / 2);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(sliced)
                            .allSatisfy(projection -> assertThat(
                                            audits(engine, projection.name(), job -> job.slice() != null))
                                    .as(projection.name())
                                    .isNotEmpty()));
            assertThat(projections)
                    .allSatisfy(projection -> assertThat(audits(engine, projection.name(), job -> true))
                            .allSatisfy(job -> assertThat(job.verdict().same())
                                    .as("%s of %s: %s", projection.name(), job.slice(), job.verdict())
                                    .isTrue())
                            .as("%s compares rows", projection.name())
                            .anyMatch(job -> job.verdict().relations().stream().anyMatch(one -> one.rows() > 0)));

            int wrong =
                    parts.sql().execute("update chat_v%d.message set number = number + 1".formatted(version("chat")));
            assertThat(wrong).isPositive();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(
                                    audits(engine, "chat", job -> !job.verdict().same()))
                            .isNotEmpty());
            Verdict found = audits(engine, "chat", job -> !job.verdict().same())
                    .getFirst()
                    .verdict();
            assertThat(found.rows()).allSatisfy(row -> {
                assertThat(row.relation()).isEqualTo("message");
                assertThat(row.columns()).extracting(Verdict.Column::name).containsExactly("number");
            });
        }
    }

    private static int version(String name) {
        return Projections.all().stream()
                .filter(projection -> projection.name().equals(name))
                .findFirst()
                .orElseThrow()
                .version();
    }

    @Test
    void previewsTellWhatOtherCodeWouldChangeAndNothingElse() throws InterruptedException {
        try (ProjectionEngine engine = engine(Projections.all(), Duration.ZERO, Switching.BY_ITSELF)) {
            filled(engine, Projections.all());
        }
        Predicate<Recorded<?>> butDeletions = recorded -> !(recorded.event() instanceof MessageDeleted);
        List<Projection> newer = Projections.all().stream()
                .map(former -> Newer.of(former, former.name().equals("chat") ? butDeletions : recorded -> true))
                .toList();
        int deleted = parts.sql()
                .fetchOne("select count(*) from view.messages where deleted_at is not null")
                .get(0, Integer.class);
        assertThat(deleted).isPositive();
        try (ProjectionEngine engine = engine(newer, Duration.ZERO, Switching.WHEN_ASKED)) {
            filled(engine, newer);
            for (Projection projection : newer) {
                Verdict verdict = preview(engine, projection.name());
                if (projection.name().equals("chat")) {
                    assertThat(relation(verdict, "messages").changed()).isEqualTo(deleted);
                    assertThat(verdict.rows())
                            .anySatisfy(row -> assertThat(row.columns())
                                    .extracting(Verdict.Column::name)
                                    .contains("text", "deleted_at"));
                } else {
                    assertThat(verdict.same())
                            .as("%s: %s", projection.name(), verdict)
                            .isTrue();
                    assertThat(verdict.relations()).as(projection.name()).anyMatch(relation -> relation.rows() > 0);
                }
                assertThat(projection instanceof RedisProjection
                                || isServed(projection.name(), projection.version() - 1))
                        .as("%s: nobody is led over by a preview", projection.name())
                        .isTrue();
            }
        }
    }

    private boolean isServed(String name, int version) {
        return parts.sql()
                .fetchOne("select version from projection.definition where name = ? and served", name)
                .get(0, Integer.class)
                .equals(version);
    }

    private static Verdict preview(ProjectionEngine engine, String name) {
        ProjectionJob asked = engine.jobs().preview(name, 50);
        await().atMost(PATIENCE).until(() -> engine.jobs().job(asked.id()).endedAt() != null);
        ProjectionJob ended = engine.jobs().job(asked.id());
        assertThat(ended.state()).as("%s", ended).isEqualTo(ProjectionJob.State.DONE);
        return ended.verdict();
    }

    private static Verdict.Relation relation(Verdict verdict, String name) {
        return verdict.relations().stream()
                .filter(relation -> relation.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
