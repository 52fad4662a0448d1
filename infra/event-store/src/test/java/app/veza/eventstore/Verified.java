package app.veza.eventstore;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What a verification of a whole log found. */
public record Verified(LogMark reached, List<LogDamage> damages) {
    static Verified of(EventLogConfig config) {
        try (LogVerifier verifier = LogVerifier.connect(config)) {
            var damages = new ArrayList<LogDamage>();
            LogVerifier.Outcome outcome = verifier.verify(verifier.origin(), into(damages));
            return new Verified(outcome.reached(), damages);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static LogVerifier.Listener into(List<LogDamage> damages) {
        return new LogVerifier.Listener() {
            @Override
            public void damaged(LogDamage damage) {
                damages.add(damage);
            }

            @Override
            public boolean progressed(LogMark reached, long readSequence) {
                return true;
            }
        };
    }

    /** A restore that tells nobody how it goes. */
    public static final LogRestore.Listener QUIET = new LogRestore.Listener() {
        @Override
        public void step(String what, long positions) {}

        @Override
        public void progressed(long position, long readSequence, long lastSequence) {}
    };
}
