package app.veza.projectionengine;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Makes and drops what jobs fill, in one target. */
interface Editions {
    /** A store for an edition that {@link #create} made. */
    default ProjectionStore store(Projection projection, Edition edition) {
        return store(projection, edition, false);
    }

    /** @param despiteDeadLetters readers are led to it whatever they {@link Loss lose} by it */
    ProjectionStore store(Projection projection, Edition edition, boolean despiteDeadLetters);

    /** As {@link #store}, for what shows how it was: nothing in it expires by the clock of today. */
    default ProjectionStore lasting(Projection projection, Edition edition) {
        return store(projection, edition);
    }

    /** Makes it empty, at position 0, unless it is there. */
    void create(Projection projection, Edition edition, String logId);

    /** The highest that this version has or had here; 1 when it has none. */
    int lastGeneration(String projection, int version);

    /** The one that readers are led to. */
    Optional<Edition> served(String projection);

    /** Whether this code's version is kept at the head beside a lower one that readers see, and waits to be asked for. */
    boolean isKeptAside(Projection projection);

    boolean isServed(Edition edition);

    /**
     * Leaves nothing of it. Whoever still fills it fails.
     *
     * @return false when readers are led to it: then it stays
     * @throws JobRefusedException somebody reads it in a transaction that is still open
     */
    boolean drop(String projection, Edition edition);

    /** Drops what has not been served for so long. */
    void dropRetired(String projection, Duration retiredFor);

    /**
     * Drops what was never served, as when a version is withdrawn before its readers were led to it. Who has the code of a live one and
     * fills it begins anew.
     *
     * @param spared what stays
     */
    void dropUnserved(String projection, Predicate<Edition> spared);

    /** @return why a scratch edition cannot have this name; null when it can */
    @Nullable
    String taken(String scratch);

    /** Makes what readers of it need, see {@link ProjectionStore#prepare}. */
    void prepare(Projection projection, Edition edition);

    /** Makes what was filled readable under its own name. */
    void publish(Projection projection, Edition scratch);
}
