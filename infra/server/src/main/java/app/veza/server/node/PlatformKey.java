package app.veza.server.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The secret that all nodes of a platform share. It must never change: with another one no name or repeat is recognised. */
public final class PlatformKey {

    private static final int LEAST_BYTES = 32;

    private final byte[] bytes;

    private PlatformKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /** @throws IllegalStateException when the file cannot be read or is too short, saying what to do */
    static PlatformKey read(Path file) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException failure) {
            throw new UncheckedIOException("veza.platform-key-file " + file + " cannot be read", failure);
        }
        if (bytes.length < LEAST_BYTES) {
            throw new IllegalStateException(
                    "veza.platform-key-file %s needs %d random bytes or more".formatted(file, LEAST_BYTES));
        }
        return new PlatformKey(bytes);
    }

    public byte[] bytes() {
        return bytes.clone();
    }
}
