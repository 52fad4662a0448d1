package app.veza.server.cli;

import java.util.Map;

/** The servers that the nodes stand on. */
sealed interface Stores extends AutoCloseable permits EmbeddedStores, ExternalStores {

    /** The keys {@code veza.nats.url} and so on, as a node reads them. */
    Map<String, String> properties();

    /** Processes of this machine that the launcher started for them, by name, as they are now. */
    Map<String, Long> processes();

    @Override
    void close();
}
