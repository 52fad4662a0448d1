package app.veza.gateway;

/**
 * What a route does with one connection. Every method is called on the connection's event loop and must not block. An
 * exception closes the connection with 1011.
 */
public interface ConnectionHandler {

    default void opened(Connection connection) {}

    /** A whole text message: valid UTF-8, within the limit. The array is the handler's own. */
    void text(Connection connection, byte[] utf8);

    /** A whole binary message, within the route's limit. Never called on a route that takes none. */
    default void binary(Connection connection, byte[] payload) {
        throw new IllegalStateException("A route that takes binary messages needs a handler for them");
    }

    /**
     * Nothing will be received or can be sent any more; called once.
     *
     * @param code the close code that either side sent first; {@link CloseCode#ABNORMAL} when the socket just ended
     */
    default void closed(Connection connection, int code) {}
}
