package app.veza.gateway;

import java.time.Instant;

/** Who a connection belongs to. Implemented by the embedding application, usually by a record. */
public interface Principal {
    String id();

    /** What ends together: all connections that were authenticated by one session carry the same key. */
    String sessionKey();

    /** When it is somebody no longer, without anybody saying so; for ever as a rule. Who embeds this closes the connection then. */
    default Instant endsAt() {
        return Instant.MAX;
    }
}
