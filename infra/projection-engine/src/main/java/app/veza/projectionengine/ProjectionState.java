package app.veza.projectionengine;

public enum ProjectionState {
    STARTING,
    /** Its version is not served yet, or it was emptied, and it fills from position 0. */
    REBUILDING,
    RUNNING,
    /** Another runner moves this projection; this one watches and takes over when the position stops moving. */
    STANDBY,
    /** Waits for something that should come back by itself (database, Redis, log); retried for ever. */
    STALLED,
    /** Stopped at an event it cannot apply, or at a definition it cannot run; needs a person. */
    FAILED,
    STOPPED
}
