package app.veza.embedded.jooq;

import app.veza.embedded.EmbeddedPlatformException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jooq.Constants;
import org.jspecify.annotations.Nullable;

/**
 * What is generated from what.
 *
 * @param flyway directory of migrations, run first; may be absent or missing
 * @param schemas their tables, each made in a schema of that name
 * @param views files whose <code>${schema}</code> becomes that name
 * @param generate schemas for which classes are made, each in a package of its own below {@code packageName}
 */
record GenerationInput(
        @Nullable Path flyway,
        List<NamedFile> schemas,
        List<NamedFile> views,
        List<String> generate,
        String packageName,
        Path out) {

    /** Part of the stamp: to be raised when the generator writes other classes for the same SQL. */
    private static final int GENERATOR_REVISION = 2;

    record NamedFile(String name, Path file) {

        static NamedFile parse(String argument) {
            int equals = argument.indexOf('=');
            if (equals <= 0) {
                throw new EmbeddedPlatformException("Expected NAME=FILE, not " + argument + ".");
            }
            return new NamedFile(argument.substring(0, equals), Path.of(argument.substring(equals + 1)));
        }

        String sql() {
            try {
                return Files.readString(file);
            } catch (IOException e) {
                throw new EmbeddedPlatformException("Cannot read " + file + ".", e);
            }
        }
    }

    static GenerationInput parse(String[] arguments) {
        Path flyway = null;
        var schemas = new ArrayList<NamedFile>();
        var views = new ArrayList<NamedFile>();
        var generate = new ArrayList<String>();
        String packageName = null;
        Path out = null;
        for (int i = 0; i < arguments.length; i += 2) {
            if (i + 1 == arguments.length) {
                throw new EmbeddedPlatformException("A value is missing after " + arguments[i] + ".");
            }
            String value = arguments[i + 1];
            switch (arguments[i]) {
                case "--flyway" -> flyway = Path.of(value);
                case "--schema" -> schemas.add(NamedFile.parse(value));
                case "--view" -> views.add(NamedFile.parse(value));
                case "--generate" -> generate.add(value);
                case "--package" -> packageName = value;
                case "--out" -> out = Path.of(value);
                default -> throw new EmbeddedPlatformException("Unknown argument " + arguments[i] + ".");
            }
        }
        if (packageName == null || out == null || generate.isEmpty()) {
            throw new EmbeddedPlatformException("--package, --out and at least one --generate are needed.");
        }
        return new GenerationInput(flyway, schemas, views, generate, packageName, out);
    }

    boolean hasMigrations() {
        return flyway != null && Files.isDirectory(flyway);
    }

    /** Changes with whatever may change the generated classes. */
    String stamp() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            add(digest, GENERATOR_REVISION + " " + Constants.FULL_VERSION + " " + packageName + " " + generate);
            for (Path migration : migrations()) {
                add(digest, "flyway " + migration.getFileName());
                add(digest, Files.readString(migration));
            }
            for (NamedFile schema : schemas) {
                add(digest, "schema " + schema.name());
                add(digest, schema.sql());
            }
            for (NamedFile view : views) {
                add(digest, "view " + view.name());
                add(digest, view.sql());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is in every JDK", e);
        } catch (IOException e) {
            throw new EmbeddedPlatformException("Cannot read the migrations in " + flyway + ".", e);
        }
    }

    private List<Path> migrations() throws IOException {
        if (!hasMigrations()) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(flyway)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** With its length, so that text cannot move from one part to the next unnoticed. */
    private static void add(MessageDigest digest, String part) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
    }
}
