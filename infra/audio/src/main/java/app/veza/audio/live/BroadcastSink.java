package app.veza.audio.live;

/** The broadcaster's connection, as far as audio is concerned. May be called from any thread; none of it blocks. */
public interface BroadcastSink {

    /** Why a broadcaster is sent away. */
    enum Reason {
        /** What arrived is not audio that is taken here. */
        UNSUPPORTED,
        /** It looked like audio and could not be decoded. */
        UNDECODABLE,
        /** No encoder can be started on this node now. */
        UNAVAILABLE,
        /** None came for too long. */
        STALLED,
        /** The same person broadcasts from elsewhere now. */
        REPLACED,
        ENDED
    }

    /** @param text for a person: what happened and what to do */
    void close(Reason reason, String text);

    /** Takes no more from the network for now. */
    void pause();

    void resume();
}
