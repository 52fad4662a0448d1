package app.veza.event.schema;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** Writes the files of new events and new revisions, and approves them. A file that is there, or was approved, is left alone. */
final class SchemaWriting {

    private final SchemaFiles files;
    private final SchemaGeneration generation;

    SchemaWriting(SchemaFiles files, SchemaGeneration generation) {
        this.files = files;
        this.generation = generation;
    }

    /** @param samples of an event's current revision, by name */
    void write(Map<String, ? extends Class<?>> types, Function<String, JsonNode> samples) {
        TreeMap<String, String> approved = files.approved();
        new TreeMap<>(types).forEach((name, type) -> {
            int revision = Evolution.revision(type);
            writeNew(approved, SchemaFiles.schema(name, revision), () -> generation.schema(name, type));
            writeNew(approved, SchemaFiles.sample(name, revision), () -> samples.apply(name));
        });
        files.approve(approved);
    }

    private void writeNew(Map<String, String> approved, String file, Supplier<? extends JsonNode> content) {
        if (!approved.containsKey(file) && files.read(file).isEmpty()) {
            files.write(file, content.get());
            approved.put(file, files.checksum(file));
        }
    }
}
