package app.veza.projectionengine;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of a Redis projection's keys, for its projector and for readers. All keys of one partition share a hash tag, so a
 * cluster keeps them and their position together and one script may touch them.
 *
 * @param prefix before every key, empty in production; tests that share a server use their own
 * @param generation 1 when the version was first filled, one more with each rebuild of it
 */
public record RedisKeys(String prefix, String name, int version, int generation, int partition) {
    private static final Pattern SERVED = Pattern.compile("([0-9]{1,9})(?:r([0-9]{1,9}))?");

    public RedisKeys(String prefix, String name, int version) {
        this(prefix, name, version, 1, 0);
    }

    /**
     * The keys that readers are to use.
     *
     * @param active value of the key {@link #active}
     * @throws IllegalArgumentException when it is none
     */
    public static RedisKeys served(String prefix, String name, String active) {
        Matcher parts = SERVED.matcher(active);
        if (!parts.matches()) {
            throw new IllegalArgumentException("Not the served edition of projection " + name + ": " + active);
        }
        int generation = parts.group(2) == null ? 1 : Integer.parseInt(parts.group(2));
        return new RedisKeys(prefix, name, Integer.parseInt(parts.group(1)), generation, 0);
    }

    /** Key of this projection: {@code <prefix>{name:edition:partition}:<local>}. */
    public String key(String local) {
        return stem() + local;
    }

    /**
     * Hash with the fields log, position, chain (hex), epoch, broken, held, retired, wanted (when it was begun, or readers were last to be led to it, in milliseconds since 1970), letters (how often
     * they changed), careful_from and careful_to (positions between which it broke).
     */
    public String position() {
        return stem() + "!position";
    }

    /** Sorted set of the positions of dead letters; with {@code :<sequence key>} behind it, of those of one key. */
    String letters() {
        return stem() + "!letters";
    }

    /** Hash of dead letters by position. */
    String letterTexts() {
        return stem() + "!letters!texts";
    }

    /** Hash of the number of dead letters by sequence key. */
    String letterKeys() {
        return stem() + "!letters!keys";
    }

    /** What every key of this partition starts with. */
    public String stem() {
        return prefix + "{" + name + ":" + edition() + ":" + partition + "}:";
    }

    /** The version, behind which a rebuild has its number: {@code 1}, {@code 1r2}. */
    String edition() {
        return generation <= 1 ? Integer.toString(version) : version + "r" + generation;
    }

    /** String key that holds the edition which readers of projection {@code name} are to use: see {@link #served}. */
    public static String active(String prefix, String name) {
        return prefix + "{" + name + "}:!active";
    }

    /** Sorted set of the positions of a log that were given up for a version, whatever its edition. */
    static String givenUp(String prefix, String name, int version, String logId) {
        return prefix + "{" + name + "}:!given_up:" + version + ":" + logId;
    }

    /** Set of the editions that live runners have begun to fill, served or not. */
    static String begun(String prefix, String name) {
        return prefix + "{" + name + "}:!begun";
    }

    /** Hash of the editions that are no longer served, each with when that ended, in milliseconds since 1970. */
    static String retired(String prefix, String name) {
        return prefix + "{" + name + "}:!retired";
    }
}
