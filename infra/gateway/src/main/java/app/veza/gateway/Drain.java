package app.veza.gateway;

import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The end of a shard's connections, spread over the drain time: ten thousand clients that were told at the same instant
 * would connect to the other nodes at the same instant.
 */
final class Drain {
    private static final long TICK_NANOS = 20_000_000;

    private final Shard shard;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final List<Member> told;
    private final Iterator<Member> rest;
    private final long started = System.nanoTime();
    private int tellings;
    private java.util.concurrent.@Nullable Future<?> ticks;

    private Drain(Shard shard) {
        this.shard = shard;
        this.told = shard.members.snapshot();
        this.rest = told.iterator();
    }

    /** Completes when the shard has no socket left. */
    static CompletableFuture<Void> of(Shard shard) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        shard.post(new LoopTask() {
            @Override
            public void run() {
                Drain drain = new Drain(shard);
                drain.done.whenComplete((nothing, failure) -> done.complete(null));
                drain.ticks = shard.loop.scheduleAtFixedRate(drain::tick, 0, TICK_NANOS, TimeUnit.NANOSECONDS);
            }

            @Override
            public void discard() {
                done.complete(null);
            }
        });
        return done;
    }

    private void tick() {
        long elapsed = System.nanoTime() - started;
        long time = shard.config.drainTime().toNanos();
        long due = time == 0 || elapsed >= time ? told.size() : told.size() * elapsed / time;
        while (tellings < due && rest.hasNext()) {
            tellings++;
            Member member = rest.next();
            if (member.index() >= 0) {
                member.drain();
            }
        }
        if (elapsed > time + shard.config.closeTimeout().toNanos()) {
            shard.members.snapshot().forEach(Member::abort);
        }
        if (shard.members.size() == 0 && ticks != null) {
            ticks.cancel(false);
            done.complete(null);
        }
    }
}
