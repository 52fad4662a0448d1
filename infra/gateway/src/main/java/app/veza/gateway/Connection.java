package app.veza.gateway;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * An open socket of one principal. All methods may be called from any thread; what one thread sends arrives in the order
 * in which it was sent. Sending never blocks: bytes that the peer does not read are counted, and above the configured
 * bound the connection is closed with {@link CloseCode#SLOW_READER}.
 */
public interface Connection {

    /** Unique in this server since its start. */
    long id();

    Principal principal();

    /** Sends a text message. The array must not change afterwards. Nothing happens when the connection is closed. */
    void send(byte[] utf8);

    /** Sends a frame that is shared with other connections; the caller keeps its own reference. */
    void send(EncodedFrame frame);

    /** Sends a close frame and, when the peer has answered or the close timeout is over, ends the socket. */
    void close(int code, String reason);

    /** False once either side has begun to close. */
    boolean isOpen();

    /** Bytes accepted for sending that the socket has not taken yet. */
    long queuedBytes();

    /**
     * Completes when everything that this thread has sent so far was handed to the socket's queue and that queue is below
     * its high watermark; true when the connection is still open then. A replay waits for it between its pages.
     */
    CompletableFuture<Boolean> whenWritable();

    /** Stops reading from the socket, so that the peer is slowed down by TCP. What was already read is still delivered. */
    void pauseReading();

    void resumeReading();

    /** Runs on the connection's event loop, in one order with what the calling thread sends. */
    void execute(Runnable task);

    /** A value that a layer above keeps with the connection, by its class. */
    <T> @Nullable T attribute(Class<T> key);

    <T> void attribute(Class<T> key, @Nullable T value);
}
