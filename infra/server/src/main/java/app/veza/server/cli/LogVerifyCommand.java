package app.veza.server.cli;

import app.veza.eventstore.LogDamage;
import app.veza.eventstore.LogMark;
import app.veza.eventstore.LogVerifier;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code veza log verify}. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Reads the whole log, checks the chain of hashes, and names every position that is damaged or lost.",
            "Goes on where it was interrupted. Ends with 0 only when the log is sound."
        })
final class LogVerifyCommand extends LogCommand.Step {
    private static final long KEPT_AGAIN = TimeUnit.SECONDS.toNanos(1);

    @Option(names = "--from", paramLabel = "POSITION", description = "Verifies only from this position on.")
    private long from;

    @Option(names = "--restart", description = "Begins anew instead of going on where it was interrupted.")
    private boolean restart;

    @Override
    int run(LogStores stores) throws IOException {
        if (from < 0) {
            throw new CommandFailure("--from %d is no position: positions begin with 1.".formatted(from));
        }
        try (LogVerifier log = LogVerifier.connect(stores.log())) {
            Optional<VerificationState> before = VerificationState.read(directory())
                    .filter(state -> log.isOrWas(state.furthest().logId()));
            var pass = new Pass(before.map(VerificationState::furthest).orElse(log.origin()));
            Optional<LogDamage> loss = log.since(pass.furthest);
            loss.ifPresent(pass::lost);
            for (LogMark former : log.formerEnds(stores.backups())) {
                log.since(former).ifPresent(pass::damaged);
            }
            LogVerifier.Outcome outcome;
            if (from > 0) {
                pass.kept = false;
                pass.bar.begin("Verifying from position " + from, log.lastSequence());
                outcome = log.verifyFrom(from, pass);
            } else {
                LogMark start = before.filter(state -> !restart && !state.complete() && loss.isEmpty())
                        .map(state -> pass.goOn(state))
                        .orElse(log.origin());
                pass.bar.begin("Verifying", log.lastSequence());
                outcome = log.verify(start, pass);
                pass.keep(outcome.reached(), true);
            }
            pass.bar.end();
            return report(log, pass, outcome.reached());
        }
    }

    private int report(LogVerifier log, Pass pass, LogMark reached) {
        if (pass.damages.isEmpty() && reached.position() < from) {
            throw new CommandFailure(
                    "The log %s ends before position %d: nothing was verified.".formatted(log.logId(), from));
        }
        if (pass.damages.isEmpty()) {
            out().printf(
                            "The log %s is sound%s up to position %d; its hash there is %s.%n",
                            log.logId(),
                            from > 0 ? " from position " + from : "",
                            reached.position(),
                            reached.chainHash());
            return 0;
        }
        pass.damages.forEach(damage -> err().println("DAMAGED  " + damage));
        throw new CommandFailure((pass.damages.stream().allMatch(LogDamage::isOfOneCopy)
                        ? "The log %s holds every event, but copies of it are damaged in %d place%s, named above: give those servers new ones as the event store's DRILL.md says."
                        : "The log %s is damaged in %d place%s, named above: './veza log backup' saves what is still sound, './veza log restore --replace' brings the log back.")
                .formatted(log.logId(), pass.damages.size(), pass.damages.size() == 1 ? "" : "s"));
    }

    /** Keeps how far it is, at once and then every second. */
    private final class Pass implements LogVerifier.Listener {
        private final ProgressBar bar = new ProgressBar(err());
        private final List<LogDamage> damages = new ArrayList<>();
        private LogMark furthest;
        private boolean isFurthestLost;
        private boolean kept = true;
        private long next = System.nanoTime();

        Pass(LogMark furthest) {
            this.furthest = furthest;
        }

        LogMark goOn(VerificationState state) {
            damages.addAll(state.damages());
            err().printf(
                            "Going on behind position %d; --restart begins anew.%n",
                            state.reached().position());
            return state.reached();
        }

        /** What was furthest stays so, else the next pass would call the shorter log sound. */
        void lost(LogDamage tail) {
            isFurthestLost = true;
            damaged(tail);
        }

        @Override
        public void damaged(LogDamage damage) {
            if (!damages.contains(damage)) {
                damages.add(damage);
            }
        }

        @Override
        public boolean progressed(LogMark reached, long readSequence) {
            bar.at(readSequence);
            if (kept && System.nanoTime() - next >= 0) {
                next = System.nanoTime() + KEPT_AGAIN;
                keep(reached, false);
            }
            return true;
        }

        void keep(LogMark reached, boolean complete) {
            if (!isFurthestLost && reached.position() > furthest.position()) {
                furthest = reached;
            }
            new VerificationState(reached, furthest, List.copyOf(damages), complete).write(directory());
        }
    }
}
