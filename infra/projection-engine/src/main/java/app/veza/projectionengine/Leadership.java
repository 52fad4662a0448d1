package app.veza.projectionengine;

import java.time.Duration;
import java.util.Optional;

/**
 * Which node moves a projection, so that they are spread and nobody works in vain. A hint and no more: what keeps two runners
 * from both committing is the position's fence alone.
 */
interface Leadership {
    enum Role {
        LEADS,
        FOLLOWS,
        /** Nobody else is there, or it cannot be told: whoever is first moves it. */
        UNKNOWN
    }

    /** A single engine. */
    Leadership ALONE = new Leadership() {
        @Override
        public Role role(Projection projection) {
            return Role.UNKNOWN;
        }

        @Override
        public Optional<String> leader(Projection projection) {
            return Optional.empty();
        }

        @Override
        public void awaitKnown(Duration atMost) {
            // there is nothing to know
        }
    };

    Role role(Projection projection);

    /** The node that leads it, as far as it is known here. */
    Optional<String> leader(Projection projection);

    /** Returns when roles are known, or when the time is up. */
    void awaitKnown(Duration atMost) throws InterruptedException;
}
