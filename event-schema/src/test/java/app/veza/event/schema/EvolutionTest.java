package app.veza.event.schema;

import static org.assertj.core.api.Assertions.assertThat;

import app.veza.event.EventUpcaster;
import app.veza.event.Personal;
import app.veza.event.VezaEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** An event's life: written, changed by mistake, changed as it should be. */
class EvolutionTest {

    private static final String NAME = "test.Renamed";
    private static final UUID ID = UUID.fromString("0198a2b4-0000-7000-8000-000000000001");

    @Event(namespace = "test", name = "Renamed", version = "1")
    private record First(
            @EventTag(key = "person") UUID personId,
            @Personal String name) implements VezaEvent {}

    /** What somebody makes of it who forgets the revision. */
    @Event(namespace = "test", name = "Renamed", version = "1")
    private record Careless(
            @EventTag(key = "person") UUID personId,
            @Personal String name,
            @Nullable String reason) implements VezaEvent {}

    @Event(namespace = "test", name = "Renamed", version = "2")
    private record Second(
            @EventTag(key = "person") UUID personId,
            @Personal String name,
            String reason) implements VezaEvent {}

    @Event(namespace = "test", name = "Renamed", version = "3")
    private record Third(
            @EventTag(key = "person") UUID personId,
            @Personal String displayName,
            String reason) implements VezaEvent {}

    private static final EventUpcaster ONE_TO_TWO =
            EventUpcaster.of(First.class, 1, payload -> payload.put("reason", "unknown"));
    private static final EventUpcaster TWO_TO_THREE = EventUpcaster.of(First.class, 2, payload -> {
        payload.set("displayName", payload.remove("name"));
        return payload;
    });

    @TempDir
    Path directory;

    private SchemaFiles files;
    private final SchemaGeneration generation = new SchemaGeneration(Path.of("none"));

    @BeforeEach
    void theFirstRevisionShips() {
        files = new SchemaFiles(directory);
        write(First.class, new First(ID, "Ada"));
    }

    @Nested
    class Refused {

        @Test
        void aNewEventWithoutFiles() {
            assertThat(new Evolution(Map.of(NAME, First.class, "test.Other", First.class), List.of(), files, generation)
                            .faults())
                    .singleElement()
                    .asString()
                    .contains("test.Other has no schema or no sample of revision 1", Evolution.COMMAND);
        }

        @Test
        void aNewShapeOfTheSameRevision() {
            assertThat(faults(Careless.class))
                    .singleElement()
                    .asString()
                    .contains(
                            "The shape of test.Renamed changed", "@Event(version = \"2\")", "EventUpcasters", "reason");
        }

        @Test
        void alsoWhenItIsWrittenAgain() {
            String before = text(SchemaFiles.schema(NAME, 1));

            write(Careless.class, new Careless(ID, "Ada", "whim"));

            assertThat(text(SchemaFiles.schema(NAME, 1))).isEqualTo(before);
            assertThat(faults(Careless.class)).hasSize(1);
        }

        @Test
        void aNewRevisionWithoutFiles() {
            assertThat(faults(Second.class, ONE_TO_TWO))
                    .singleElement()
                    .asString()
                    .contains("no schema or no sample of revision 2");
        }

        @Test
        void aNewRevisionWithoutAnUpcaster() {
            write(Second.class, new Second(ID, "Ada", "unknown"));

            assertThat(faults(Second.class))
                    .singleElement()
                    .asString()
                    .contains("needs one upcaster from revision 1 to 2");
        }

        @Test
        void aRevisionThatIsLeftOut() {
            write(Third.class, new Third(ID, "Ada", "unknown"));

            assertThat(faults(Third.class, ONE_TO_TWO, TWO_TO_THREE))
                    .anySatisfy(fault -> assertThat(fault).contains("schema/test.Renamed.v2.json is missing"))
                    .anySatisfy(fault -> assertThat(fault).contains("sample/test.Renamed.v2.json is missing"));
        }

        @Test
        void anUpcasterToNowhere() {
            assertThat(faults(First.class, ONE_TO_TWO))
                    .singleElement()
                    .asString()
                    .contains("from revision 1 leads to a revision that its record does not have");
        }

        @Test
        void anEditOfWhatShipped() throws IOException {
            Path sample = directory.resolve(SchemaFiles.sample(NAME, 1));
            Files.writeString(sample, Files.readString(sample).replace("Ada", "Eve"));

            assertThat(faults(First.class))
                    .singleElement()
                    .asString()
                    .contains("sample/test.Renamed.v1.json was edited");
        }

        @Test
        void theLossOfAnOldRevision() throws IOException {
            write(Second.class, new Second(ID, "Ada", "unknown"));
            Files.delete(directory.resolve(SchemaFiles.schema(NAME, 1)));

            assertThat(faults(Second.class, ONE_TO_TWO))
                    .allSatisfy(fault -> assertThat(fault).contains("schema/test.Renamed.v1.json is missing"))
                    .hasSize(2);
        }

        @Test
        void theLossOfARecord() {
            assertThat(new Evolution(Map.of(), List.of(), files, generation).faults())
                    .hasSize(2)
                    .allSatisfy(fault -> assertThat(fault).contains("no record is at its revision or later"));
        }

        @Test
        void aFileThatNobodyApproved() throws IOException {
            Files.writeString(directory.resolve("schema/test.Renamed.v7.json"), "{}");

            assertThat(faults(First.class))
                    .singleElement()
                    .asString()
                    .contains("schema/test.Renamed.v7.json is not in approved.sha256");
        }
    }

    @Nested
    class Taken {

        @Test
        void aDescriptionThatIsImproved() throws IOException {
            var described = generation.schema(NAME, First.class).put("description", "Somebody has another name.");
            files.write(SchemaFiles.schema(NAME, 1), described);
            files.approve(Map.of(
                    SchemaFiles.schema(NAME, 1), files.checksum(SchemaFiles.schema(NAME, 1)),
                    SchemaFiles.sample(NAME, 1), files.checksum(SchemaFiles.sample(NAME, 1))));

            assertThat(faults(First.class)).isEmpty();
        }

        @Test
        void aNewRevisionWithItsUpcasterAndEveryOldOneIsReadAsTheNewestIs() {
            write(Second.class, new Second(ID, "Ada", "unknown"));
            assertThat(faults(Second.class, ONE_TO_TWO)).isEmpty();

            Third expected = new Third(ID, "Ada", "unknown");
            write(Third.class, expected);
            assertThat(faults(Third.class, ONE_TO_TWO, TWO_TO_THREE)).isEmpty();

            Codec codec = Codec.of(Map.of(NAME, Third.class), List.of(ONE_TO_TWO, TWO_TO_THREE));
            for (int revision = 1; revision <= 3; revision++) {
                Object decoded = codec.decode(
                        NAME,
                        revision,
                        files.read(SchemaFiles.sample(NAME, revision)).orElseThrow());
                assertThat(decoded).isEqualTo(expected);
                assertThat(codec.encode(NAME, decoded))
                        .isEqualTo(files.read(SchemaFiles.sample(NAME, 3)).orElseThrow());
            }
        }
    }

    private List<String> faults(Class<?> current, EventUpcaster... upcasters) {
        return new Evolution(Map.of(NAME, current), List.of(upcasters), files, generation).faults();
    }

    private void write(Class<?> type, Object sample) {
        new SchemaWriting(files, generation)
                .write(Map.of(NAME, type), name -> JsonMapper.shared().valueToTree(sample));
    }

    private String text(String file) {
        return new String(files.bytes(file), java.nio.charset.StandardCharsets.UTF_8);
    }
}
