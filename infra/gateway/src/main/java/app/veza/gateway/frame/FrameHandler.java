package app.veza.gateway.frame;

import java.util.concurrent.CompletionStage;

/**
 * Handles the frames of one type. Returning (or throwing) is what answers: there is no way to answer twice or not at all.
 * A connection's frames are begun in the order in which they came, each when the call for the one before has returned.
 */
public sealed interface FrameHandler {

    /** Called on a virtual thread and may block; the next frame of the connection waits for it. */
    @FunctionalInterface
    non-sealed interface Blocking extends FrameHandler {
        Reply handle(Frame frame) throws Exception;
    }

    /**
     * Called on the event loop and must not block. The reply may come later and the next frame is begun meanwhile, so a
     * connection may have several under way; one that has not come within the reply timeout becomes an error.
     */
    @FunctionalInterface
    non-sealed interface Async extends FrameHandler {
        CompletionStage<Reply> handle(Frame frame) throws Exception;
    }
}
