package app.veza.audio.ffmpeg;

/** ffmpeg cannot be run here, or did not do what it was asked; the message says what to do. */
public final class FfmpegException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public FfmpegException(String message, Throwable cause) {
        super(message, cause);
    }

    public FfmpegException(String message) {
        super(message);
    }
}
