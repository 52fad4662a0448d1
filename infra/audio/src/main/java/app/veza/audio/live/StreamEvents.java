package app.veza.audio.live;

/** What becomes of a stream on this node; called one after the other, in order, and allowed to block; only {@link #storing} comes on its own. */
public interface StreamEvents {

    /** Something of it is about to be stored. May be called again, as while it throws: nothing is stored before it returned. */
    void storing();

    /** The first of it can be heard. @param contentType of what the broadcaster sends */
    void wentLive(String contentType);

    void interrupted();

    /** @param silenceMillis what listeners heard meanwhile */
    void resumed(int silenceMillis);

    void stored(StoredBatch batch);

    /** The broadcaster did not come back in time: the stream is to be ended. */
    void graceOver();
}
