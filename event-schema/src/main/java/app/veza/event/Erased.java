package app.veza.event;

import org.jspecify.annotations.Nullable;

/**
 * What a {@link Personal} component holds once its person was erased. The event stays, with its ids, its counts and its time; what
 * it told about the person is this mark. A reader that shows such text asks {@link #is} first.
 */
public final class Erased {

    /** The control character SUBSTITUTE, alone: no input that is taken holds it, and every store can. */
    public static final String TEXT = "\u001a";

    private Erased() {}

    /** Whether this stands for something that was erased. */
    public static boolean is(@Nullable String value) {
        return TEXT.equals(value);
    }

    /** The value, or what is to be shown in its place when it was erased. */
    public static String or(String value, String shown) {
        return is(value) ? shown : value;
    }
}
