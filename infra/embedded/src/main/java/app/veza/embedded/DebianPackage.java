package app.veza.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Takes a program out of Debian's newest package of it, without installing anything: apt works on a private state, and the
 * package is unpacked beside. The mirror is the one that this machine's own apt is set up for.
 */
final class DebianPackage {

    private static final String KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg";
    /** Backports, testing and unstable; apt takes the newest version that they have. */
    private static final List<String> SUITES = List.of("stable-backports", "testing", "sid");

    private DebianPackage() {}

    /** Returns the directory into which the package was unpacked, below {@code work}, which is emptied first. */
    static Path download(String name, Path work) throws IOException {
        if (Tools.onPath("apt-get").isEmpty()
                || Tools.onPath("dpkg-deb").isEmpty()
                || Files.notExists(Path.of(KEYRING))) {
            throw new EmbeddedPlatformException("this is not a Debian system");
        }
        String mirror = mirror();
        PrivateFiles.deleteRecursively(work);
        for (String directory : List.of("state/lists/partial", "cache/archives/partial", "unpacked")) {
            Files.createDirectories(work.resolve(directory));
        }
        Files.writeString(work.resolve("status"), "");
        run(work, apt(work, sources(work, mirror, SUITES), "update"));
        run(work, apt(work, sources(work, mirror, SUITES), "download", name));
        try (Stream<Path> files = Files.list(work)) {
            Path archive = files.filter(file -> file.toString().endsWith(".deb"))
                    .findFirst()
                    .orElseThrow(
                            () -> new EmbeddedPlatformException("apt-get download " + name + " brought no package"));
            Path unpacked = work.resolve("unpacked");
            run(work, List.of("dpkg-deb", "-x", archive.toString(), unpacked.toString()));
            return unpacked;
        }
    }

    private static String mirror() {
        // Without release info: else nothing is listed on a machine that never ran apt-get update
        var targets = Tools.run(
                "apt-get", "indextargets", "--no-release-info", "--format", "$(REPO_URI)", "Created-By: Packages");
        return targets.output()
                .lines()
                .filter(line -> line.startsWith("http") && !line.contains("security"))
                .findFirst()
                .orElseThrow(() -> new EmbeddedPlatformException("apt has no package mirror configured"));
    }

    private static Path sources(Path work, String mirror, List<String> suites) throws IOException {
        var lines = new StringBuilder();
        for (String suite : suites) {
            lines.append("deb [signed-by=%s] %s %s main\n".formatted(KEYRING, mirror, suite));
        }
        return Files.writeString(work.resolve("sources.list"), lines);
    }

    private static List<String> apt(Path work, Path sources, String... arguments) {
        var command = new ArrayList<>(List.of("apt-get", "-q", "-y"));
        Map.of(
                        "Dir::State", work.resolve("state").toString(),
                        "Dir::State::status", work.resolve("status").toString(),
                        "Dir::Cache", work.resolve("cache").toString(),
                        "Dir::Etc::sourcelist", sources.toString(),
                        "Dir::Etc::sourceparts", "-",
                        "Dir::Etc::trusted", "/dev/null",
                        // Its own user could not enter a private directory
                        "APT::Sandbox::User", System.getProperty("user.name"),
                        "Acquire::Languages", "none")
                .forEach((key, value) -> command.addAll(List.of("-o", key + "=" + value)));
        command.addAll(List.of(arguments));
        return command;
    }

    private static void run(Path work, List<String> command) {
        var inDirectory = new ArrayList<>(List.of("/bin/sh", "-c", "cd \"$0\" && exec \"$@\"", work.toString()));
        inDirectory.addAll(command);
        var outcome = Tools.run(inDirectory, Map.of("LC_ALL", "C"));
        if (!outcome.succeeded()) {
            throw new EmbeddedPlatformException(command.getFirst() + " failed: "
                    + outcome.output().lines().reduce((first, second) -> second).orElse("no output"));
        }
    }
}
