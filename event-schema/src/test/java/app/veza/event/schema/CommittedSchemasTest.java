package app.veza.event.schema;

import static org.assertj.core.api.Assertions.assertThat;

import app.veza.event.EventTypes;
import app.veza.event.EventUpcasters;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The committed schemas and samples are those of the records, and none that ever shipped changed. With
 * {@code -Dveza.schema.write=true} it first writes what a new event or a new revision needs.
 */
class CommittedSchemasTest {

    private static final Path SOURCES = Path.of("src", "main", "java");
    private static final SchemaFiles FILES =
            new SchemaFiles(Path.of("src", "main", "resources", "app", "veza", "event"));
    private static final String ASYNC_API = "asyncapi.json";

    private static final SchemaGeneration GENERATION = new SchemaGeneration(SOURCES);

    @BeforeAll
    static void write() {
        if (Boolean.getBoolean("veza.schema.write")) {
            new SchemaWriting(FILES, GENERATION).write(EventTypes.byName(), Codec::sample);
            FILES.write(ASYNC_API, new AsyncApiDocument(FILES).document(EventTypes.byName()));
        }
    }

    @Test
    void everyChangeOfAnEventIsANewRevisionWithAWayFromTheOldOnes() {
        assertThat(new Evolution(EventTypes.byName(), EventUpcasters.all(), FILES, GENERATION).faults())
                .isEmpty();
    }

    @Test
    void theAsyncApiDocumentIsMadeOfTheCommittedSchemas() {
        assertThat(FILES.read(ASYNC_API))
                .as("asyncapi.json is not up to date, write it with\n    %s", Evolution.COMMAND)
                .contains(new AsyncApiDocument(FILES).document(EventTypes.byName()));
    }
}
