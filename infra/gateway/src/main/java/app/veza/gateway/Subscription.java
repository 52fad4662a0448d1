package app.veza.gateway;

import java.util.concurrent.CompletableFuture;

/**
 * One connection's interest in one topic. It begins replaying: live frames are kept back while the caller sends history
 * with {@link #replay}, until {@link #live} joins the two without gap or double. A subscription from a position that
 * nothing has passed yet is live at once. Nothing else is delivered before it is live, neither signals nor why it was ended: what
 * is sent before history is sent comes first.
 */
public interface Subscription {

    /** What {@link #live} came to. */
    enum Joined {
        /** Live: every later frame is delivered as it is published. */
        LIVE,
        /** Too many live frames came meanwhile: replay on, at least through {@link #replayThrough}, and ask again. */
        BEHIND,
        /** Unsubscribed, replaced or closed. */
        ENDED
    }

    String topic();

    Connection connection();

    /** History must be replayed at least through this position before the subscription can be live. */
    long replayThrough();

    /**
     * Sends a frame of history; one at or below the last position sent is skipped. Positions ascend.
     *
     * @return false when it has ended: nothing more of history is sent
     */
    boolean replay(long position, byte[] utf8);

    /** Joins: all history through {@code position} was replayed, whether or not the topic had frames there. */
    CompletableFuture<Joined> live(long position);

    void unsubscribe();

    /** The same with a last frame, which is not sent when the subscription has ended before. */
    void unsubscribe(byte[] last);
}
