package app.veza.server.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Everything that one platform keeps on this machine.
 *
 * @param root absolute
 */
record DataDirectory(Path root) {

    /** Three fresh PostgreSQL clusters, a stream and an index take about 200 MB before the first message. */
    private static final long LEAST_FREE_MB = 400;

    static DataDirectory at(Path path) {
        return new DataDirectory(path.toAbsolutePath().normalize());
    }

    /** What only lives as long as the launcher, besides the lock. */
    Path run() {
        return root.resolve("run");
    }

    Path logs() {
        return root.resolve("log");
    }

    Path launcherLog() {
        return logs().resolve("launcher.log");
    }

    /** Of the embedded servers. */
    Path stores() {
        return root.resolve("stores");
    }

    Path nodes() {
        return root.resolve("nodes");
    }

    /** That sign access tokens, of all nodes. */
    Path keys() {
        return root.resolve("keys");
    }

    Path platformKey() {
        return root.resolve("platform.key");
    }

    Path operatorToken() {
        return root.resolve("operator.token");
    }

    /** Of personal data, unless they are kept elsewhere. */
    Path masterKey() {
        return root.resolve("master.key");
    }

    /** @throws CommandFailure when it cannot be made or written, or its disk is full */
    void prepare() {
        Path current = root;
        try {
            PrivateFile.directory(root);
            for (Path directory : new Path[] {run(), logs(), nodes()}) {
                current = directory;
                PrivateFile.directory(directory);
            }
            long freeMb = Files.getFileStore(root).getUsableSpace() / 1_000_000;
            if (freeMb < LEAST_FREE_MB) {
                throw new CommandFailure(
                        "The disk that holds %s has only %d MB left: make room for %d MB or name another place with --data."
                                .formatted(root, freeMb, LEAST_FREE_MB));
            }
        } catch (IOException e) {
            throw PrivateFile.unwritable(current, e);
        }
    }
}
