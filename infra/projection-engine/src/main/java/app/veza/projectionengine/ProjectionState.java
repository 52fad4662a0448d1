package app.veza.projectionengine;

public enum ProjectionState {
    STARTING,
    /** Its version is not served yet, or it was emptied, and it fills from position 0. */
    REBUILDING,
    RUNNING,
    /** Another runner moves this projection; this one watches and takes over when the position stops moving. */
    STANDBY,
    /** Does not get on: database, Redis or log is away, which is retried for ever, or its position rests for seconds. */
    STALLED,
    /** Stopped at a definition it cannot run, or its thread died; needs a person. */
    FAILED,
    STOPPED
}
