package app.veza.audio;

import app.veza.audio.live.SegmentStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A storage in a folder, that can be away.
 *
 * @param before called with the key or the prefix before anything is done; may block, as a storage that is slow
 */
public record FolderStore(Path folder, AtomicBoolean away, AtomicReference<Consumer<String>> before)
        implements SegmentStore {

    public static FolderStore in(Path folder) {
        return new FolderStore(folder, new AtomicBoolean(), new AtomicReference<>(key -> {}));
    }

    private interface Work<T> {
        T run() throws IOException;
    }

    @Override
    public void put(String key, byte[] content, String contentType) {
        run(key, () -> {
            Path file = folder.resolve(key);
            Files.createDirectories(file.getParent());
            Path fresh = Files.createTempFile(folder, "fresh", "");
            Files.write(fresh, content);
            return Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        });
    }

    @Override
    public void put(String key, Path file, String contentType) {
        run(key, () -> {
            Files.createDirectories(folder.resolve(key).getParent());
            return Files.copy(file, folder.resolve(key), StandardCopyOption.REPLACE_EXISTING);
        });
    }

    @Override
    public Optional<byte[]> get(String key) {
        Path file = folder.resolve(key);
        return run(key, () -> Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty());
    }

    @Override
    public List<String> keys(String prefix) {
        return run(prefix, () -> {
            try (Stream<Path> files = Files.walk(folder)) {
                return files.filter(Files::isRegularFile)
                        .map(file -> folder.relativize(file).toString())
                        .filter(key -> key.startsWith(prefix))
                        .toList();
            }
        });
    }

    @Override
    public void delete(String key) {
        run(key, () -> Files.deleteIfExists(folder.resolve(key)));
    }

    private <T> T run(String key, Work<T> work) {
        before.get().accept(key);
        if (away.get()) {
            throw new IllegalStateException("The storage is away");
        }
        try {
            return work.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
