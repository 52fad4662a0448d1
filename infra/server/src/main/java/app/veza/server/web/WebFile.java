package app.veza.server.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

/**
 * One file of the client as it goes over the wire.
 *
 * @param gzip the same, packed once at the start; null where that saves nothing
 * @param hash of the content, in hexadecimal
 */
record WebFile(MediaType type, byte[] bytes, byte @Nullable [] gzip, String hash) {

    private static final Map<String, MediaType> TYPES = Map.of(
            "html", MediaType.parseMediaType("text/html;charset=utf-8"),
            "js", MediaType.parseMediaType("text/javascript;charset=utf-8"),
            "css", MediaType.parseMediaType("text/css;charset=utf-8"),
            "svg", MediaType.parseMediaType("image/svg+xml"),
            "webmanifest", MediaType.parseMediaType("application/manifest+json"));

    private static final MediaType TEXT = MediaType.parseMediaType("text/plain;charset=utf-8");
    private static final int HASH_DIGITS = 16;

    static WebFile of(String path, byte[] bytes) {
        String ending = path.substring(path.lastIndexOf('.') + 1);
        byte[] packed = pack(bytes);
        return new WebFile(
                TYPES.getOrDefault(ending, TEXT), bytes, packed.length < bytes.length ? packed : null, hash(bytes));
    }

    static String hash(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("SHA-256 is part of every Java platform", missing);
        }
    }

    private static byte[] pack(byte[] bytes) {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return packed.toByteArray();
    }
}
