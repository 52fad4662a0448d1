package app.veza.eventstore.personal;

import java.time.Instant;
import java.util.Set;

/**
 * Who was erased, kept where backups of log and keys are kept and apart from both: it is what brings nobody back when both are
 * restored from before an erasure. Nothing is ever taken from it. Both methods throw a runtime exception when the register cannot be
 * reached.
 */
public interface ErasureRegister {

    /** Durable when it returns; who stands there already stays. */
    void record(String subject, Instant at);

    Set<String> all();
}
