package app.veza.audio.live;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does one thing after the other, on a virtual thread of its own, which may block. */
final class Mailbox {

    private static final Logger log = LoggerFactory.getLogger(Mailbox.class);

    private final String name;
    private final ExecutorService thread;

    Mailbox(String name) {
        this.name = name;
        this.thread =
                Executors.newSingleThreadExecutor(Thread.ofVirtual().name(name).factory());
    }

    void post(Runnable task) {
        try {
            thread.execute(() -> guarded(task));
        } catch (RejectedExecutionException closed) {
            log.debug("{} is closed and does not do what came late", name, closed);
        }
    }

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException failure) {
            log.error("{} failed at something and goes on", name, failure);
        }
    }

    /** What was posted before is still done. */
    void close() {
        thread.shutdown();
    }
}
