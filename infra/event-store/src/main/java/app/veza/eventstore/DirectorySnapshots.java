package app.veza.eventstore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** Snapshots in a directory that all nodes see. */
public record DirectorySnapshots(Path directory) implements SnapshotStore {
    @Override
    public void put(String key, Path file) throws IOException {
        Path target = directory.resolve(key);
        Files.createDirectories(target.getParent());
        Path fresh = Files.createTempFile(target.getParent(), ".", ".new");
        Files.copy(file, fresh, StandardCopyOption.REPLACE_EXISTING);
        Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void get(String key, Path file) throws IOException {
        Files.copy(directory.resolve(key), file, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public List<String> list(String prefix) throws IOException {
        if (!Files.exists(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> directory.relativize(file).toString())
                    .filter(key -> key.startsWith(prefix) && !key.endsWith(".new"))
                    .toList();
        }
    }

    @Override
    public void delete(String key) throws IOException {
        Files.deleteIfExists(directory.resolve(key));
    }
}
