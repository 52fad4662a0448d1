package app.veza.audio.opus;

/** What arrives is not the audio that is taken here; the message tells the broadcaster what is wrong and what to do. */
public final class UnsupportedAudioException extends Exception {
    private static final long serialVersionUID = 1;

    public UnsupportedAudioException(String message) {
        super(message);
    }
}
