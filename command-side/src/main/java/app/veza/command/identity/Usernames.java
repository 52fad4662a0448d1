package app.veza.command.identity;

import java.util.Locale;
import java.util.regex.Pattern;

/** What a username is, and when two are the same. */
public final class Usernames {

    public static final int SHORTEST = 3;
    public static final int LONGEST = 32;

    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9._-]{%d,%d}".formatted(SHORTEST, LONGEST));

    private Usernames() {}

    public static boolean isValid(String username) {
        return SHAPE.matcher(username).matches();
    }

    /** Two usernames are the same when their keys are. */
    public static String key(String username) {
        return username.toLowerCase(Locale.ROOT);
    }
}
