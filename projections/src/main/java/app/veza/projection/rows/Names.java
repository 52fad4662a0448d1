package app.veza.projection.rows;

import java.util.Locale;

/** How the outside world and the read models write what Java names in capitals. */
public final class Names {

    private Names() {}

    /** An enum's constant in lower case, as the API has it. */
    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
