package app.veza.embedded;

import java.io.BufferedInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** The PostgreSQL executables (initdb, pg_ctl, postgres), out of their Maven artifact. */
record PostgresBinaries(Path directory) {

    private static final String ARCHIVE = "/postgres-linux-x86_64.txz";
    /** Part of the cache's directory name: a new artifact version must not find the old one's files. */
    private static final String VERSION = "18.6.0";

    static PostgresBinaries in(ToolCache cache) {
        return new PostgresBinaries(cache.unpacked("postgres-" + VERSION, PostgresBinaries::unpack));
    }

    String program(String name) {
        return directory.resolve("bin").resolve(name).toString();
    }

    private static void unpack(Path directory) throws IOException {
        try (InputStream archive = PostgresBinaries.class.getResourceAsStream(ARCHIVE)) {
            if (archive == null) {
                throw new FileNotFoundException("PostgreSQL for this machine is not on the class path: " + ARCHIVE);
            }
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
            var tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(archive, 1 << 16)));
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path target = directory.resolve(entry.getName()).normalize();
                if (!target.startsWith(directory)) {
                    throw new IOException(ARCHIVE + " holds a path outside of itself: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                    continue;
                }
                Files.createDirectories(target.getParent());
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
                } else {
                    Files.copy(tar, target);
                    boolean executable = (entry.getMode() & 0100) != 0;
                    Files.setPosixFilePermissions(
                            target, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
                }
            }
        }
    }
}
