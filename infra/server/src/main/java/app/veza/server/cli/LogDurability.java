package app.veza.server.cli;

import app.veza.embedded.Durability;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an acknowledged event survives, as the operator chooses and reads it. */
final class LogDurability {

    static final String KEY = "veza.log.durability";

    private static final Durability DEFAULT = Durability.PROCESS;

    private LogDurability() {}

    /**
     * What was asked for, else what this data directory remembers, else {@code process}. Remembers it, and says when it is
     * another one than before. For the holder of the launcher's lock.
     */
    static Durability choose(DataDirectory data, @Nullable Durability asked, PrintWriter out) {
        Optional<Durability> before = remembered(data);
        Durability chosen = asked != null ? asked : before.orElse(DEFAULT);
        if (before.isPresent() && before.get() != chosen) {
            out.println("The log's durability is %s from now on, it was %s: an acknowledged event now survives %s."
                    .formatted(name(chosen), name(before.get()), survives(name(chosen))));
        }
        if (before.isEmpty() || before.get() != chosen) {
            PrivateFile.write(file(data), (name(chosen) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return chosen;
    }

    static String name(Durability durability) {
        return durability.name().toLowerCase(Locale.ROOT);
    }

    /** One line for the greeting. */
    static String described(Map<String, String> stores) {
        String name = stores.getOrDefault(KEY, name(DEFAULT));
        return "durability " + name + ": an acknowledged event survives " + survives(name);
    }

    private static String survives(String name) {
        return name.equals(name(Durability.POWER))
                ? "kill -9 and a power cut"
                : "kill -9, not a power cut (--durability power)";
    }

    private static Optional<Durability> remembered(DataDirectory data) {
        try {
            String said = Files.readString(file(data)).strip();
            return Optional.of(Arrays.stream(Durability.values())
                    .filter(durability -> name(durability).equals(said))
                    .findFirst()
                    .orElseThrow(
                            () -> new CommandFailure("%s says '%s': write 'process' or 'power' into it, or remove it."
                                    .formatted(file(data), said))));
        } catch (NoSuchFileException neverChosen) {
            return Optional.empty();
        } catch (IOException e) {
            throw PrivateFile.unwritable(file(data), e);
        }
    }

    private static Path file(DataDirectory data) {
        return data.root().resolve("log.durability");
    }
}
