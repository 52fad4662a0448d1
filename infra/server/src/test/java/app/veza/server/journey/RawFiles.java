package app.veza.server.journey;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Looks for strings in the bytes of files, whatever the files are. */
final class RawFiles {

    private RawFiles() {}

    /**
     * @param skip directories that are not entered
     * @return the strings that were found, by the first directory below the root, such as {@code redis}
     */
    static Map<String, Set<String>> search(Path root, Collection<String> strings, Predicate<Path> skip) {
        Map<String, Set<String>> found = new TreeMap<>();
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                    return skip.test(directory) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    if (attributes.isRegularFile()) {
                        String server = root.relativize(file).getName(0).toString();
                        String bytes = read(file);
                        strings.stream()
                                .filter(bytes::contains)
                                .forEach(string -> found.computeIfAbsent(server, none -> new TreeSet<>())
                                        .add(string));
                    }
                    return FileVisitResult.CONTINUE;
                }

                /** Servers remove files while they run. */
                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                    if (failure instanceof NoSuchFileException) {
                        return FileVisitResult.CONTINUE;
                    }
                    throw failure;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
                    return failure == null ? FileVisitResult.CONTINUE : visitFileFailed(directory, failure);
                }
            });
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return found;
    }

    private static String read(Path file) throws IOException {
        try {
            return Files.readString(file, ISO_8859_1);
        } catch (NoSuchFileException removed) {
            return "";
        }
    }
}
