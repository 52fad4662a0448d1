package app.veza.embedded;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * @param dataDirectory everything that the servers keep; mode 0700
 * @param ports by server name (see {@link #SERVERS}); 0 or absent: a free one, which is then remembered in the data directory
 * @param durability of the event log
 * @param throwAway the directory is deleted by close, and PostgreSQL need not survive a loss of power
 */
public record EmbeddedPlatformOptions(
        Path dataDirectory, Map<String, Integer> ports, Durability durability, boolean throwAway) {

    public static final java.util.List<String> SERVERS =
            java.util.List.of("nats", "primary", "replica", "analytics", "redis", "s3", "mail");

    public EmbeddedPlatformOptions {
        ports = Map.copyOf(ports);
        ports.forEach((name, port) -> {
            if (!SERVERS.contains(name) || port < 0 || port > 65535) {
                throw new EmbeddedPlatformException("No port can be set as %s=%d: the servers are %s."
                        .formatted(name, port, String.join(", ", SERVERS)));
            }
        });
    }

    public static EmbeddedPlatformOptions in(Path dataDirectory) {
        return new EmbeddedPlatformOptions(dataDirectory, Map.of(), Durability.PROCESS, false);
    }

    /** For tests: below the machine's directory for temporary files. */
    public static EmbeddedPlatformOptions temporary() {
        return in(PrivateFiles.temporaryDirectory("platform")).withThrowAway(true);
    }

    public EmbeddedPlatformOptions withPort(String server, int port) {
        var changed = new TreeMap<>(ports);
        changed.put(server, port);
        return new EmbeddedPlatformOptions(dataDirectory, changed, durability, throwAway);
    }

    public EmbeddedPlatformOptions withDurability(Durability durability) {
        return new EmbeddedPlatformOptions(dataDirectory, ports, durability, throwAway);
    }

    public EmbeddedPlatformOptions withThrowAway(boolean throwAway) {
        return new EmbeddedPlatformOptions(dataDirectory, ports, durability, throwAway);
    }
}
