package app.veza.server.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;

/** Servers that run elsewhere, named by a properties file. The launcher starts and stops none of them. */
record ExternalStores(Map<String, String> properties) implements Stores {

    /** Shapes of the values, by key: a wrong one is told now rather than by a driver later. */
    private static final Map<String, Pattern> KEYS = keys();

    /** Mail servers may ask for no credentials; the rest keeps platforms apart on shared servers, has the log copied or the master key elsewhere. */
    private static final Set<String> OPTIONAL = Set.of(
            "veza.mail.username",
            "veza.mail.password",
            "veza.mail.from",
            "veza.mail.plain-text",
            "veza.mail.app-url",
            "veza.postgres.analyst.username",
            "veza.postgres.analyst.password",
            "veza.log.stream",
            "veza.log.subject-prefix",
            "veza.log.durability",
            "veza.log.replicas",
            "veza.redis.key-prefix",
            MasterKeyFile.KEY);

    private static Map<String, Pattern> keys() {
        Pattern any = Pattern.compile(".+");
        Pattern jdbc = Pattern.compile("jdbc:postgresql://.+");
        Map<String, Pattern> keys = new LinkedHashMap<>();
        keys.put("veza.nats.url", Pattern.compile("(nats|tls)://[^,]+(,(nats|tls)://[^,]+)*"));
        for (String server : List.of("primary", "replica", "analytics")) {
            keys.put("veza.postgres." + server + ".url", jdbc);
            keys.put("veza.postgres." + server + ".username", any);
            keys.put("veza.postgres." + server + ".password", any);
        }
        keys.put("veza.postgres.analyst.username", any);
        keys.put("veza.postgres.analyst.password", any);
        keys.put("veza.redis.url", Pattern.compile("rediss?://.+"));
        keys.put("veza.s3.endpoint", Pattern.compile("https?://.+"));
        for (String key : List.of("region", "bucket", "access-key", "secret-key")) {
            keys.put("veza.s3." + key, any);
        }
        keys.put("veza.mail.host", any);
        keys.put("veza.mail.port", Pattern.compile("[1-9][0-9]{0,4}"));
        keys.put("veza.mail.username", any);
        keys.put("veza.mail.password", any);
        keys.put("veza.mail.from", Pattern.compile(".+@.+"));
        keys.put("veza.mail.plain-text", Pattern.compile("true|false"));
        keys.put("veza.mail.app-url", Pattern.compile("https?://.+"));
        keys.put("veza.log.stream", Pattern.compile("[A-Za-z0-9_-]+"));
        keys.put("veza.log.subject-prefix", Pattern.compile("[A-Za-z0-9_.-]+"));
        keys.put("veza.log.durability", Pattern.compile("process|power"));
        keys.put("veza.log.replicas", Pattern.compile("[135]"));
        keys.put("veza.redis.key-prefix", any);
        keys.put(MasterKeyFile.KEY, Pattern.compile("/.+"));
        return keys;
    }

    /** @throws CommandFailure naming the key that is missing, unknown or of the wrong shape */
    static ExternalStores read(Path file) {
        Map<String, String> given = load(file);
        given.keySet().stream()
                .filter(key -> !KEYS.containsKey(key))
                .findFirst()
                .ifPresent(key -> {
                    throw new CommandFailure("%s has the unknown key %s: the known ones are %s."
                            .formatted(file, key, String.join(", ", KEYS.keySet())));
                });
        KEYS.forEach((key, shape) -> check(file, key, shape, given.getOrDefault(key, "")));
        return new ExternalStores(given);
    }

    private static void check(Path file, String key, Pattern shape, String value) {
        if (value.isEmpty()) {
            if (!OPTIONAL.contains(key)) {
                throw new CommandFailure("%s does not set %s: add it.".formatted(file, key));
            }
        } else if (!shape.matcher(value).matches()) {
            throw new CommandFailure("%s sets %s to a value that does not look like %s: correct it."
                    .formatted(file, key, shape.pattern()));
        }
    }

    private static Map<String, String> load(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new CommandFailure(
                    "The file of external servers %s cannot be read (%s): name a readable properties file."
                            .formatted(file, e.getClass().getSimpleName()),
                    e);
        }
        Map<String, String> values = new LinkedHashMap<>();
        properties.stringPropertyNames().stream()
                .sorted()
                .forEach(key -> values.put(key, properties.getProperty(key).strip()));
        return values;
    }

    @Override
    public Map<String, Long> processes() {
        return Map.of();
    }

    @Override
    public void close() {
        // they belong to somebody else
    }
}
