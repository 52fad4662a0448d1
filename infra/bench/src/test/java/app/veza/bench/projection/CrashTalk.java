package app.veza.bench.projection;

import app.veza.eventstore.AppendFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets a history happen, as it is now and in which much is taken back, while all around it dies. Each append is repeated until it stands in the log. */
final class CrashTalk {

    private static final Logger LOG = LoggerFactory.getLogger(CrashTalk.class);
    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final Duration STEP = Duration.ofMillis(4);
    private static final long PAUSE_NANOS = 20_000_000;

    private final WrittenLog written;

    CrashTalk(CrashParts parts) {
        written = new WrittenLog(
                parts.log(),
                parts.codec(),
                parts.erasures(),
                RealisticHistory.restless(ThreadLocalRandom.current().nextLong(), Instant.now(), STEP));
    }

    Void until(AtomicBoolean over) throws InterruptedException {
        while (!over.get()) {
            for (int i = 0; i < 5; i++) {
                WrittenLog.Encoded next = written.next();
                while (!stands(next)) {
                    LockSupport.parkNanos(5 * PAUSE_NANOS);
                }
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return null;
    }

    private boolean stands(WrittenLog.Encoded next) throws InterruptedException {
        try {
            written.append(next).get(ANSWER.toSeconds(), TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof AppendFailure)) {
                throw new IllegalStateException("What happened cannot be written", e);
            }
            LOG.debug("An append is repeated: {}", e.toString());
            return false;
        } catch (TimeoutException e) {
            LOG.debug("An append is repeated: {}", e.toString());
            return false;
        }
    }
}
