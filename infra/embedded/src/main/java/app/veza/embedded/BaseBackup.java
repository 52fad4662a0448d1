package app.veza.embedded;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;

/**
 * Copies the files of a running cluster, between pg_backup_start and pg_backup_stop. What is left out is PostgreSQL's own
 * list (documentation, "Making a Base Backup Using the Low Level API").
 */
final class BaseBackup extends SimpleFileVisitor<Path> {

    private static final Set<String> EMPTY_DIRECTORIES = Set.of(
            "pg_wal",
            "pg_replslot",
            "pg_dynshmem",
            "pg_notify",
            "pg_serial",
            "pg_snapshots",
            "pg_stat_tmp",
            "pg_subtrans");
    private static final Set<String> LEFT_OUT =
            Set.of("postmaster.pid", "postmaster.opts", "pg_internal.init", "backup_label", "backup_manifest");

    private final Path from;
    private final Path to;

    private BaseBackup(Path from, Path to) {
        this.from = from;
        this.to = to;
    }

    static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new BaseBackup(from, to));
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) throws IOException {
        Path target = to.resolve(from.relativize(directory));
        String name = directory.getFileName().toString();
        if (name.startsWith("pgsql_tmp")) {
            return FileVisitResult.SKIP_SUBTREE;
        }
        if (!directory.equals(from)) {
            PrivateFiles.directory(target);
        }
        return directory.getParent().equals(from) && EMPTY_DIRECTORIES.contains(name)
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        String name = file.getFileName().toString();
        if (!LEFT_OUT.contains(name) && !name.startsWith("pgsql_tmp")) {
            try {
                Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            } catch (NoSuchFileException dropped) {
                return FileVisitResult.CONTINUE;
            }
        }
        return FileVisitResult.CONTINUE;
    }

    /** Files and directories may vanish while we copy: their removal is in the log that the replica replays. */
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
        if (e instanceof NoSuchFileException) {
            return FileVisitResult.CONTINUE;
        }
        throw e;
    }
}
