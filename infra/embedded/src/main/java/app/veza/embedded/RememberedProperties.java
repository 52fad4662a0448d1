package app.veza.embedded;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Supplier;

/** A properties file of mode 0600 whose values are chosen once and then kept. */
final class RememberedProperties {

    private final Path file;
    private final Map<String, String> values;

    private RememberedProperties(Path file, Map<String, String> values) {
        this.file = file;
        this.values = values;
    }

    static RememberedProperties in(Path file) {
        return new RememberedProperties(file, Files.exists(file) ? read(file) : new TreeMap<>());
    }

    synchronized String get(String key, Supplier<String> choice) {
        String known = values.get(key);
        if (known != null) {
            return known;
        }
        String chosen = choice.get();
        put(key, chosen);
        return chosen;
    }

    synchronized void put(String key, String value) {
        if (!value.equals(values.put(key, value))) {
            PrivateFiles.write(file, render(values));
        }
    }

    static Map<String, String> read(Path file) {
        var properties = new Properties();
        try {
            properties.load(new StringReader(Files.readString(file)));
        } catch (IOException e) {
            throw new EmbeddedPlatformException("Cannot read " + file + ": make it readable for this user.", e);
        }
        var values = new TreeMap<String, String>();
        properties.stringPropertyNames().forEach(key -> values.put(key, properties.getProperty(key)));
        return values;
    }

    static String render(Map<String, String> values) {
        var text = new StringBuilder();
        new TreeMap<>(values)
                .forEach((key, value) -> text.append(key)
                        .append('=')
                        .append(value.replace("\\", "\\\\"))
                        .append('\n'));
        return text.toString();
    }
}
