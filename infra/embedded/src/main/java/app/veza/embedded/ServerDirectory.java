package app.veza.embedded;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where one server keeps its data, configuration, log and pid file; mode 0700. */
record ServerDirectory(Path path, boolean temporary) {

    /** @param wanted null: a temporary one, deleted with the server */
    static ServerDirectory of(@Nullable Path wanted, String name) {
        return wanted == null
                ? new ServerDirectory(PrivateFiles.temporaryDirectory(name), true)
                : new ServerDirectory(
                        PrivateFiles.directory(wanted.toAbsolutePath().normalize()), false);
    }

    Path resolve(String file) {
        return path.resolve(file);
    }

    void deleteIfTemporary() {
        if (temporary) {
            PrivateFiles.deleteRecursively(path);
        }
    }
}
