package app.veza.audio.live;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where segments are kept. Every method may block, and throws what its storage throws while it is away. */
public interface SegmentStore {

    /** Durable when it returns. */
    void put(String key, byte[] content, String contentType);

    void put(String key, Path file, String contentType);

    Optional<byte[]> get(String key);

    /** All keys that begin with it. */
    List<String> keys(String prefix);

    /** Nothing happens when there is none. */
    void delete(String key);
}
