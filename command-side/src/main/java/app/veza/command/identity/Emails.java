package app.veza.command.identity;

import java.net.IDN;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** What an e-mail address is, and when two are the same. */
public final class Emails {

    public static final String RULE = "must be an e-mail address of at most 254 characters";

    /** RFC 5321: what fits into a path of mail. */
    public static final int LENGTH = 254;

    /** Something, an at sign, a domain with a dot: whether it exists is told by a mail that arrives. */
    private static final Pattern SHAPE = Pattern.compile(
            "[^\\s\\p{Cntrl}@<>\",;:\\\\()\\[\\]]{1,64}@[^\\s\\p{Cntrl}@.]{1,63}(?:\\.[^\\s\\p{Cntrl}@.]{1,63})+");

    /**
     * What the mapping of 2003, which Java has, makes another domain of than today's registries do: faß.de is none of fass.de's. Who has
     * such a domain gives it in ASCII.
     */
    private static final Pattern AMBIGUOUS = Pattern.compile("[\\u00df\\u1e9e\\u03c2\\u200c\\u200d]");

    private Emails() {}

    public static boolean isValid(String email) {
        return email.length() <= LENGTH && SHAPE.matcher(email).matches() && hasDomain(email);
    }

    /**
     * Two addresses are the same when their keys are: hardly anybody tells mailboxes apart by capitals, and a domain may be written
     * in Unicode or in ASCII.
     *
     * @param email a valid one
     */
    public static String key(String email) {
        int at = email.lastIndexOf('@');
        String mailbox = Normalizer.normalize(email.substring(0, at), Normalizer.Form.NFKC);
        return (mailbox + "@" + domain(email)).toLowerCase(Locale.ROOT);
    }

    private static boolean hasDomain(String email) {
        try {
            return !AMBIGUOUS.matcher(typedDomain(email)).find()
                    && !domain(email).isEmpty();
        } catch (IllegalArgumentException none) {
            return false;
        }
    }

    private static String domain(String email) {
        return IDN.toASCII(typedDomain(email), IDN.ALLOW_UNASSIGNED | IDN.USE_STD3_ASCII_RULES);
    }

    private static String typedDomain(String email) {
        return email.substring(email.lastIndexOf('@') + 1);
    }
}
