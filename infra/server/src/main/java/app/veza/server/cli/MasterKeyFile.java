package app.veza.server.cli;

import app.veza.eventstore.personal.AesMasterKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The file of master keys that the nodes read, the current one first.
 *
 * @param own whether it is the data directory's, for this program to make and change; else it is its owner's
 */
record MasterKeyFile(Path path, boolean own) {

    static final String KEY = "veza.master-key-file";

    static MasterKeyFile of(DataDirectory data, Map<String, String> stores) {
        String elsewhere = stores.get(KEY);
        return elsewhere == null
                ? new MasterKeyFile(data.masterKey(), true)
                : new MasterKeyFile(Path.of(elsewhere), false);
    }

    void createIfOwn() {
        if (own && !Files.exists(path)) {
            write(
                    "# Master keys of personal data. Nobody can read it without them: keep this file as safe as the log itself.\n"
                            + AesMasterKey.generate() + "\n");
        }
    }

    /** Puts a new key before those that are there. */
    void addCurrent() {
        try {
            write(AesMasterKey.generate() + "\n" + Files.readString(path));
        } catch (IOException e) {
            throw PrivateFile.unwritable(path, e);
        }
    }

    private void write(String text) {
        PrivateFile.write(path, text.getBytes(StandardCharsets.UTF_8));
    }
}
