package app.veza.event.identity;

import java.text.Normalizer;
import java.util.Locale;

/** By what a name that is shown to others is found. */
public final class DisplayNames {

    private DisplayNames() {}

    /** Without case, and ligatures and letters of full width as the plain ones: a read model and what is looked for in it have to agree. */
    public static String key(String displayName) {
        return Normalizer.normalize(displayName, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }
}
