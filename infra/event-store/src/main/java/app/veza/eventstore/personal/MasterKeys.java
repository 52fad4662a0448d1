package app.veza.eventstore.personal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The master keys known: the first one wraps, the others only unwrap. They are read again for every new key, so that a changed file
 * counts at once, on nodes that run too.
 */
public final class MasterKeys {

    private final Supplier<List<MasterKey>> source;
    private volatile List<MasterKey> known;

    private MasterKeys(Supplier<List<MasterKey>> source) {
        this.source = source;
        this.known = source.get();
    }

    /** @param keys the current one first; such as one of a key management service */
    public static MasterKeys of(MasterKey... keys) {
        List<MasterKey> all = List.of(keys);
        return new MasterKeys(() -> all);
    }

    /**
     * 32 bytes in base64 each, the current one first, parted by white space or commas; lines that begin with # are comments.
     *
     * @param where named in errors
     * @throws IllegalArgumentException when there is none, or what is there is no key
     */
    public static MasterKeys ofText(String text, String where) {
        List<MasterKey> all = parse(text, where);
        return new MasterKeys(() -> all);
    }

    /**
     * The same from a file.
     *
     * @throws UncheckedIOException when it cannot be read
     */
    public static MasterKeys ofFile(Path file) {
        return new MasterKeys(() -> parse(read(file), file.toString()));
    }

    MasterKey current() {
        known = source.get();
        return known.getFirst();
    }

    /** Empty when there is none, also not in the file as it is now. */
    Optional<MasterKey> byId(String id) {
        Optional<MasterKey> found = find(id);
        if (found.isEmpty()) {
            known = source.get();
            found = find(id);
        }
        return found;
    }

    private Optional<MasterKey> find(String id) {
        return known.stream().filter(key -> key.id().equals(id)).findFirst();
    }

    private static List<MasterKey> parse(String text, String where) {
        List<MasterKey> keys;
        try {
            keys = text.lines()
                    .map(String::strip)
                    .filter(line -> !line.startsWith("#"))
                    .flatMap(line -> List.of(line.split("[\\s,]+")).stream())
                    .filter(key -> !key.isEmpty())
                    .<MasterKey>map(AesMasterKey::parse)
                    .toList();
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException(where + ": " + malformed.getMessage(), malformed);
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException(where + " holds no master key: put 32 random bytes in base64 there");
        }
        return keys;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("The master key file " + file + " cannot be read", e);
        }
    }
}
