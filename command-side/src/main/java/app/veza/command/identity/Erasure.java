package app.veza.command.identity;

import java.util.UUID;

/** Carries out an erasure that stands in the log. */
public interface Erasure {

    /**
     * Destroys what makes the person readable, here and at once; on other nodes they are forgotten when the log tells.
     *
     * @param position of the event
     * @throws RuntimeException when it cannot be done now: whoever follows the log does it as soon as it can be
     */
    void carryOut(UUID personId, long position);
}
