package app.veza.eventstore.personal;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Somewhere that people are to be erased, on a thread of its own: one that cannot be reached holds up no other. Whoever could not be erased
 * there goes behind those who wait, and is tried again until it succeeds.
 */
final class ErasurePlace implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Logger log = LoggerFactory.getLogger(ErasurePlace.class);

    private final String name;
    private final Consumer<Erasure> work;
    private final BlockingQueue<Erasure> waiting = new LinkedBlockingQueue<>();
    private final Thread thread;
    private boolean failing;

    /** @param position of the event */
    record Erasure(String subject, long position) {}

    /** @param work may be done more than once for an erasure; whatever it throws has it done again */
    ErasurePlace(String name, Consumer<Erasure> work) {
        this.name = name;
        this.work = work;
        this.thread = Thread.ofVirtual().name("erasures: " + name).start(this::carryOut);
    }

    void add(Erasure erasure) {
        waiting.add(erasure);
    }

    private void carryOut() {
        try {
            while (true) {
                Erasure next = waiting.take();
                if (!isDone(next)) {
                    waiting.add(next);
                    Thread.sleep(PAUSE);
                }
            }
        } catch (InterruptedException closed) {
            log.debug("Erasures are carried out no longer: {}", name);
        }
    }

    private boolean isDone(Erasure erasure) {
        try {
            work.accept(erasure);
            if (failing) {
                log.info("Erasures are carried out again: {}", name);
                failing = false;
            }
            return true;
        } catch (RuntimeException failure) {
            // Once: it is tried each second
            if (!failing) {
                log.error("The erasure at position {} waits: {}", erasure.position(), name, failure);
                failing = true;
            }
            return false;
        }
    }

    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        thread.join(PAUSE);
    }
}
