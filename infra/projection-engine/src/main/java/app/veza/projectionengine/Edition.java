package app.veza.projectionengine;

/**
 * One filling of a read model from position 0, with tables or keys, position and dead letters of its own: several may be
 * there at a time, readers are led to one of them.
 *
 * @param name of the projection; of a scratch edition the name that it was given
 * @param version of the projection's code that fills it
 * @param generation {@link #SCRATCH}; 1 when the version was first filled; one more with each rebuild
 */
record Edition(String name, int version, int generation) {
    /** Generation of what is filled aside and never served: a replay, or the other side of a comparison. */
    static final int SCRATCH = 0;

    static Edition first(Projection projection) {
        return new Edition(projection.name(), projection.version(), 1);
    }

    boolean scratch() {
        return generation == SCRATCH;
    }

    /** Schema of its tables: {@code chat_v1}, rebuilt {@code chat_v1_r2}; the views of a scratch edition have the plain name. */
    String schema() {
        if (scratch()) {
            return name + "_tables";
        }
        return generation == 1 ? name + "_v" + version : name + "_v" + version + "_r" + generation;
    }

    /** For log lines: {@code version 1}, {@code version 1, rebuild 2}. */
    String spoken() {
        return generation <= 1 ? "version " + version : "version " + version + ", rebuild " + generation;
    }

    RedisKeys keys(String prefix) {
        return new RedisKeys(prefix, name, version, generation, 0);
    }
}
