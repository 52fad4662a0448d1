package app.veza.embedded;

import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ports of one data directory: what was asked for, else what was remembered, else a free one, which is remembered. */
final class PlatformPorts {

    private static final Logger log = LoggerFactory.getLogger(PlatformPorts.class);

    private final EmbeddedPlatformOptions options;
    private final RememberedProperties remembered;

    PlatformPorts(EmbeddedPlatformOptions options, Path directory) {
        this.options = options;
        this.remembered = RememberedProperties.in(directory.resolve("ports.properties"));
    }

    int of(String server) {
        int wanted = options.ports().getOrDefault(server, 0);
        if (wanted != 0) {
            if (!Ports.isFree(wanted)) {
                throw new EmbeddedPlatformException(
                        "Port %d, wanted for %s, is taken: stop what listens there or choose another port for it."
                                .formatted(wanted, server));
            }
            return wanted;
        }
        int port = Integer.parseInt(remembered.get(server, () -> Integer.toString(Ports.free())));
        if (!Ports.isFree(port)) {
            int other = Ports.free();
            log.info(
                    "Port {} of {} is taken by another program: {} listens on {} from now on",
                    port,
                    server,
                    server,
                    other);
            remembered.put(server, Integer.toString(other));
            return other;
        }
        return port;
    }
}
