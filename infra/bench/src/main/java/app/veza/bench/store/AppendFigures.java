package app.veza.bench.store;

import app.veza.bench.Figures;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Appends to the event store, a raw publish, and the JPA engine, in turns, so that a machine that is busy slows all three. */
final class AppendFigures {

    private static final int[] CALLERS = {1, 64, 1024};
    private static final int[] EVENTS = {1, 10};
    private static final int ROUNDS = 5;

    private final LogContestant log;
    private final RawContestant raw;
    private final JpaContestant jpa;
    private final Figures figures;

    AppendFigures(LogContestant log, RawContestant raw, JpaContestant jpa, Figures figures) {
        this.log = log;
        this.raw = raw;
        this.jpa = jpa;
        this.figures = figures;
    }

    /** @param time of each contestant with each number of callers and events */
    void measure(Duration time) throws InterruptedException, IOException {
        for (int events : EVENTS) {
            log.append(0, events).join();
            raw.learn(events);
        }
        for (int events : EVENTS) {
            for (int callers : CALLERS) {
                measure(callers, events, time.dividedBy(ROUNDS));
            }
        }
    }

    private void measure(int callers, int events, Duration round) throws InterruptedException {
        List<Contestant> turns = List.of(raw, log, jpa);
        Map<Contestant, ClosedLoop> loops =
                turns.stream().collect(Collectors.toMap(each -> each, each -> new ClosedLoop(each, callers, events)));
        Map<Contestant, ClosedLoop.Result> results =
                turns.stream().collect(Collectors.toMap(each -> each, each -> ClosedLoop.Result.none()));
        double[] againstRaw = new double[ROUNDS];
        double[] againstJpa = new double[ROUNDS];
        for (Contestant each : turns) {
            loops.get(each).run(round);
        }
        for (int i = 0; i < ROUNDS; i++) {
            Map<Contestant, ClosedLoop.Result> last = new java.util.HashMap<>();
            for (Contestant each : turns) {
                ClosedLoop.Result result = loops.get(each).run(round);
                last.put(each, result);
                results.merge(each, result, ClosedLoop.Result::plus);
            }
            againstRaw[i] = last.get(log).appendsPerSecond() / last.get(raw).appendsPerSecond();
            againstJpa[i] = last.get(log).appendsPerSecond() / last.get(jpa).appendsPerSecond();
        }
        String what = "%,d caller%s, %d event%s an append"
                .formatted(callers, callers == 1 ? "" : "s", events, events == 1 ? "" : "s");
        turns.forEach(each -> row(what + ": " + each.name(), results.get(each)));
        figures.add(
                what + ": event store / raw publish",
                ">= 0.75",
                "%.2f (rounds %s)",
                median(againstRaw),
                range(againstRaw));
        figures.add(
                what + ": event store / JPA engine",
                ">= 10",
                "%.1f (rounds %s)",
                median(againstJpa),
                range(againstJpa));
    }

    private void row(String what, ClosedLoop.Result result) {
        figures.add(
                what,
                "-",
                "%,.0f appends/s, p50 %,.0f us, p99 %,.0f us; CPU an event %.1f us here, %.1f us in its server",
                result.appendsPerSecond(),
                result.micros(50),
                result.micros(99),
                result.clientMicrosPerEvent(),
                result.serverMicrosPerEvent());
    }

    /** Of the rounds: one in which the machine did something else does not count. */
    static double median(double[] ratios) {
        double[] sorted = ratios.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    static String range(double[] ratios) {
        return "%.2f to %.2f"
                .formatted(
                        Arrays.stream(ratios).min().orElseThrow(),
                        Arrays.stream(ratios).max().orElseThrow());
    }
}
