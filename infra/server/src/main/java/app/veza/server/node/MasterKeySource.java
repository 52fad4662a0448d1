package app.veza.server.node;

import app.veza.eventstore.personal.MasterKeys;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where this platform's master keys of personal data are: in the environment or, if it has none, in a file. */
public final class MasterKeySource {

    /** 32 random bytes in base64; several are parted by commas, the current one first. */
    public static final String VARIABLE = "VEZA_MASTER_KEY";

    private MasterKeySource() {}

    public static boolean isInEnvironment() {
        String value = System.getenv(VARIABLE);
        return value != null && !value.isBlank();
    }

    /**
     * @throws IllegalStateException when neither is given
     * @throws IllegalArgumentException when what is there is no key
     */
    public static MasterKeys read(@Nullable Path file) {
        if (isInEnvironment()) {
            return MasterKeys.ofText(System.getenv(VARIABLE), VARIABLE);
        }
        if (file == null) {
            throw new IllegalStateException("The master key of personal data is missing: give " + VARIABLE
                    + " or veza.master-key-file, with 32 random bytes in base64");
        }
        return MasterKeys.ofFile(file);
    }
}
