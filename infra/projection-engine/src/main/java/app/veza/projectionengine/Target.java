package app.veza.projectionengine;

/** Database of a {@link SqlProjection}. */
public enum Target {
    /** Written on the primary, read on its hot-standby replica. */
    PRIMARY,
    ANALYTICS
}
