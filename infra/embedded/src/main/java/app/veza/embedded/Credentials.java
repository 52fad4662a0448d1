package app.veza.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * As whom PostgreSQL runs: it refuses to run as root.
 *
 * @param before programs put before a command to run it so
 */
sealed interface Credentials {

    List<String> before();

    /** Gives the directory, made by this process, to that user. */
    void own(Path directory);

    /** Where executables lie that this user can run. */
    default ToolCache cache(Path serverDirectory) {
        return ToolCache.ofUser(serverDirectory);
    }

    /** As this process. */
    record Own() implements Credentials {
        @Override
        public List<String> before() {
            return List.of();
        }

        @Override
        public void own(Path directory) {}
    }

    /**
     * Root, seen as another user by a user namespace: files stay root's, so a 0700 home above them is no obstacle.
     */
    record Mapped(String uid) implements Credentials {
        @Override
        public List<String> before() {
            return List.of(Tools.find("unshare"), "--user", "--map-user=" + uid, "--map-group=" + uid, "--");
        }

        @Override
        public void own(Path directory) {}
    }

    /** Another user, where user namespaces are forbidden (most containers). */
    record Other(String name, String uid) implements Credentials {
        @Override
        public List<String> before() {
            return List.of(
                    Tools.find("setpriv"),
                    "--reuid=" + uid,
                    "--regid=" + uid,
                    "--clear-groups",
                    "--no-new-privs",
                    "--");
        }

        /** Not in root's home, which is closed to others. */
        @Override
        public ToolCache cache(Path serverDirectory) {
            return new ToolCache(PrivateFiles.directory(serverDirectory.resolve("cache")));
        }

        @Override
        public void own(Path directory) {
            var chown = Tools.run("chown", "-R", uid + ":" + uid, directory.toString());
            if (DataDirectoryLock.isPlatform(directory.toAbsolutePath().getParent())) {
                PrivateFiles.letThrough(directory.toAbsolutePath().getParent());
            }
            var enter = new ArrayList<>(before());
            enter.addAll(List.of("/bin/sh", "-c", "cd \"$0\"", directory.toString()));
            if (!chown.succeeded() || !Tools.run(enter, Map.of()).succeeded()) {
                throw new EmbeddedPlatformException(
                        "PostgreSQL does not run as root, user namespaces are not allowed here, and the user " + name
                                + " cannot enter " + directory
                                + ": start Veza as an ordinary user, or choose a data directory below one that everybody may enter.");
            }
        }
    }

    static Credentials forPostgres() {
        return Detected.CREDENTIALS;
    }

    /** Found out once: the probe costs two processes. */
    final class Detected {
        private static final Credentials CREDENTIALS = detect();

        private Detected() {}

        private static Credentials detect() {
            if (!"0".equals(Tools.run("id", "-u").output())) {
                return new Own();
            }
            User user = unprivilegedUser();
            var mapped = new Mapped(user.uid());
            var probe = new ArrayList<>(mapped.before());
            probe.addAll(List.of("id", "-u"));
            return user.uid().equals(Tools.run(probe, Map.of()).output()) ? mapped : new Other(user.name(), user.uid());
        }

        private record User(String name, String uid) {}

        /** initdb looks its user up by number, so it must be one that this machine knows. */
        private static User unprivilegedUser() {
            try {
                List<String> known = Files.readAllLines(Path.of("/etc/passwd"), StandardCharsets.UTF_8);
                for (String wanted : List.of("postgres", "nobody", "daemon")) {
                    for (String line : known) {
                        String[] fields = line.split(":", -1);
                        if (fields[0].equals(wanted)) {
                            return new User(wanted, fields[2]);
                        }
                    }
                }
            } catch (IOException e) {
                throw new EmbeddedPlatformException("Cannot read /etc/passwd (" + e.getMessage() + ").", e);
            }
            throw new EmbeddedPlatformException(
                    "PostgreSQL does not run as root, and there is no user nobody: start Veza as an ordinary user.");
        }
    }
}
