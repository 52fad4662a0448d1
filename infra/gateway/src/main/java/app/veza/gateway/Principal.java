package app.veza.gateway;

/** Who a connection belongs to. Implemented by the embedding application, usually by a record. */
public interface Principal {
    String id();

    /** What ends together: all connections that were authenticated by one session carry the same key. */
    String sessionKey();
}
