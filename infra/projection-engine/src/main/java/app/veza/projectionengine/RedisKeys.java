package app.veza.projectionengine;

/**
 * Names of a Redis projection's keys, for its projector and for readers. All keys of one partition share a hash tag, so a
 * cluster keeps them and their position together and one script may touch them.
 *
 * @param prefix before every key, empty in production; tests that share a server use their own
 */
public record RedisKeys(String prefix, String name, int version, int partition) {
    public RedisKeys(String prefix, String name, int version) {
        this(prefix, name, version, 0);
    }

    /** Key of this projection: {@code <prefix>{name:version:partition}:<local>}. */
    public String key(String local) {
        return stem() + local;
    }

    /** Hash with the fields log, position, chain (hex), epoch and broken. */
    public String position() {
        return stem() + "!position";
    }

    /** What every key of this partition starts with. */
    public String stem() {
        return prefix + "{" + name + ":" + version + ":" + partition + "}:";
    }

    /** String key that holds the version which readers of projection {@code name} are to use. */
    public static String active(String prefix, String name) {
        return prefix + "{" + name + "}:!active";
    }
}
