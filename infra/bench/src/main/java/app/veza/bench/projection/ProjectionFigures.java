package app.veza.bench.projection;

import app.veza.bench.Figures;
import app.veza.projection.Projections;
import app.veza.projectionengine.Projection;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;

/** Projections on servers of their own. */
public final class ProjectionFigures {

    private static final long SEED = 1;
    private static final Duration HISTORY = Duration.ofDays(180);
    private static final int LIVE_PER_SECOND = 2_000;

    /** Events after which the compiler has done most of its work. */
    private static final long WARM = 200_000;

    /**
     * @param live length of the load that projections follow
     * @param events of the log that projections are rebuilt from; after that from twice and four times as many
     * @param only names of projections; empty: all
     */
    public record Settings(Duration live, long events, Set<String> only) {}

    private ProjectionFigures() {}

    public static void measure(Path directory, Settings settings, Figures figures)
            throws InterruptedException, SQLException {
        List<Projection> projections = Projections.all().stream()
                .filter(projection ->
                        settings.only().isEmpty() || settings.only().contains(projection.name()))
                .toList();
        long most = 4 * settings.events();
        var history = new RealisticHistory(
                SEED, Instant.now().truncatedTo(ChronoUnit.DAYS).minus(HISTORY), HISTORY.dividedBy(most));
        try (var stage = new Stage(directory)) {
            var written = new WrittenLog(stage.log(), stage.codec(), stage.erasures(), history);
            var rebuilds = new Rebuilds(stage, figures);
            for (long events = settings.events(); events <= most; events *= 2) {
                double rate = written.growTo(events);
                figures.add(
                        "a realistic history of %,d events, written".formatted(events), "-", "%,.0f events/s", rate);
                if (events == settings.events()) {
                    for (long warm = 0; warm < WARM; warm += events) {
                        rebuilds.warm(projections);
                    }
                }
                rebuilds.each(projections);
                if (events == settings.events()) {
                    rebuilds.together(projections);
                    new AxonProcessor(stage, figures).measure();
                    new LiveLag(stage, written, figures).measure(projections, LIVE_PER_SECOND, settings.live());
                }
            }
        }
    }
}
