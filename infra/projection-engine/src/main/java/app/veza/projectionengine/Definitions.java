package app.veza.projectionengine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/** Names, resources and checksums of projections. */
final class Definitions {
    /** They become parts of identifiers that are rendered without quotes, and of key names. */
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,39}");

    private static final Pattern MADE =
            Pattern.compile("\\bcreate\\s+(?:or\\s+replace\\s+)?view\\s+view\\.(\\w+)", Pattern.CASE_INSENSITIVE);

    private Definitions() {}

    static void validate(Projection projection) {
        if (!NAME.matcher(projection.name()).matches()) {
            throw new IllegalArgumentException("Not a name for a projection: " + projection.name());
        }
        if (projection.version() < 1) {
            throw new IllegalArgumentException("Versions of " + projection.name() + " count from 1");
        }
        if (projection.eventTypes().isEmpty()) {
            throw new IllegalArgumentException("Projection " + projection.name() + " handles no event");
        }
    }

    static String resource(SqlProjection projection, String path) {
        try (InputStream in = projection.getClass().getClassLoader().getResourceAsStream(path)) {
            if (in == null) {
                throw new DefinitionException(
                        "Projection " + projection.name() + " names the resource " + path + ", which does not exist");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Names of the views that a resource makes in the schema {@code view}; it may read from others there. */
    static List<String> viewsMade(String resource) {
        return MADE.matcher(resource)
                .results()
                .map(made -> made.group(1))
                .distinct()
                .toList();
    }

    static String checksum(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
