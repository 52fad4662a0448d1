package app.veza.eventstore;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** Ends what cannot be settled: unknown, unless the append provably is not in the log. */
final class Failures {
    static final String ANOTHER_LOG = "the log is not the one that it was read from, decide anew";
    private static final String AWAY = "NATS is not available";

    private final Intake intake;
    private final Outcomes outcomes;
    private final Consumer<Handed.Origin> handBack;

    /** @param handBack tells another node that what it handed over is for whoever sequences next */
    Failures(Intake intake, Outcomes outcomes, Consumer<Handed.Origin> handBack) {
        this.intake = intake;
        this.outcomes = outcomes;
        this.handBack = handBack;
    }

    /**
     * @param knownUpTo the stream's messages are known up to this sequence, and the append is none of them: if it was published for
     *     none after it, another message stands at each of its places
     */
    void giveUp(Handed handed, long knownUpTo, String why) {
        if (mayBeStored(handed, knownUpTo)) {
            outcomes.unknown(handed, "the append may or may not be stored: " + why);
        } else {
            outcomes.unavailable(handed, "nothing was appended: " + why);
        }
    }

    private static boolean mayBeStored(Handed handed, long knownUpTo) {
        return handed instanceof Handed.Append append && append.publishedFor > knownUpTo;
    }

    /** What was handed in and never published. */
    void turnAwayQueued(String why) {
        for (Handed handed = intake.poll(); handed != null; handed = intake.poll()) {
            turnAway(handed, 0, why);
        }
        outcomes.flush();
    }

    /** As {@link #giveUp}, but what another node handed over and provably is not in the log waits there for the next that sequences. */
    void turnAway(Handed handed, long knownUpTo, String why) {
        Handed.Origin origin = handed.origin;
        if (origin == null || mayBeStored(handed, knownUpTo)) {
            giveUp(handed, knownUpTo, why);
        } else {
            handBack(origin);
        }
    }

    void handBack(Handed.Origin origin) {
        outcomes.add(() -> handBack.accept(origin));
    }

    /** Of what was decided, and may have been published, that for which nobody waits any more. */
    void expire(List<Handed> unresolved, long now, String why) {
        unresolved.removeIf(handed -> {
            boolean expired = handed.expired(now);
            if (expired) {
                giveUp(handed, 0, why);
            }
            return expired;
        });
    }

    /** Waits before the next attempt; meanwhile nobody else has to. @param meanwhile is run now and then */
    void turnAwayFor(long millis, List<Handed> unresolved, BooleanSupplier closing, LongConsumer meanwhile) {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = 0; left >= 0 && !closing.getAsBoolean(); left = until - System.nanoTime()) {
            long now = System.nanoTime();
            expire(unresolved, now, AWAY);
            meanwhile.accept(now);
            turnAwayQueued(AWAY);
            intake.park(Math.max(1, left), true);
        }
    }
}
