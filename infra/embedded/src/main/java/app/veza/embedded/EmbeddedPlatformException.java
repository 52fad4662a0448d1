package app.veza.embedded;

import org.jspecify.annotations.Nullable;

/** What keeps the embedded servers from running. The message is one sentence for a person: what is wrong and what to do. */
public final class EmbeddedPlatformException extends RuntimeException {

    public EmbeddedPlatformException(String sentence) {
        this(sentence, null);
    }

    public EmbeddedPlatformException(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }
}
