package app.veza.event.schema;

import static org.assertj.core.api.Assertions.assertThat;

import app.veza.event.EventTypes;
import app.veza.eventstore.json.UnknownEvent;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Every revision that ever shipped is read by the codec that reads the log. */
class SamplesTest {

    private static final SchemaFiles FILES =
            new SchemaFiles(Path.of("src", "main", "resources", "app", "veza", "event"));
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private final Codec codec = Codec.ofTheLog();

    static Stream<Arguments> revisions() {
        return EventTypes.byName().entrySet().stream()
                .flatMap(event -> IntStream.rangeClosed(1, Evolution.revision(event.getValue()))
                        .mapToObj(revision -> Arguments.of(event.getKey(), revision)));
    }

    @ParameterizedTest
    @MethodSource("revisions")
    void isWhatItsSchemaSays(String name, int revision) {
        assertThat(errors(schema(name, revision), sample(name, revision))).isEmpty();
    }

    @Test
    void whatItsSchemaDoesNotSayIsSeen() {
        ObjectNode wrong = sample("identity.LoggedIn", 1).put("personId", "ada").put("expiresAt", "tomorrow");
        wrong.remove("address");

        assertThat(errors(schema("identity.LoggedIn", 1), wrong)).hasSize(3);
    }

    @ParameterizedTest
    @MethodSource("revisions")
    void bearsEveryComponent(String name, int revision) {
        assertThat(sample(name, revision).propertyNames())
                .isEqualTo(schema(name, revision).path("properties").propertyNames());
    }

    @ParameterizedTest
    @MethodSource("revisions")
    void decodesToTheCurrentRecordAndIsWrittenAsTheCurrentSample(String name, int revision) {
        Object decoded = codec.decode(name, revision, sample(name, revision));

        assertThat(decoded)
                .as("%s of revision %d through its upcasters; what it means stands in Samples", name, revision)
                .isEqualTo(Samples.of(name));
        assertThat(codec.encode(name, decoded)).isEqualTo(sample(name, current(name)));
    }

    @ParameterizedTest
    @MethodSource("revisions")
    void decodesWithoutWhatMayBeAbsent(String name, int revision) {
        ObjectNode sparse = sample(name, revision);
        Set<String> optional = new TreeSet<>(sparse.propertyNames());
        optional.removeAll(required(name, revision));
        sparse.remove(optional);

        JsonNode written = codec.encode(name, codec.decode(name, revision, sparse));

        assertThat(errors(schema(name, current(name)), written)).isEmpty();
        assertThat(written.propertyNames()).containsAll(required(name, current(name)));
    }

    @ParameterizedTest
    @MethodSource("revisions")
    void decodesWithFieldsThatNobodyKnows(String name, int revision) {
        ObjectNode later = sample(name, revision);
        later.putObject("addedByANewerVersion").put("a", 1);

        assertThat(codec.decode(name, revision, later)).isEqualTo(Samples.of(name));
    }

    @Test
    void anEventThatNobodyKnowsIsPassedByWithWhatItSays() {
        ObjectNode payload = JsonMapper.shared().createObjectNode().put("a", 1);

        assertThat(codec.decode("identity.BornLater", 3, payload))
                .isEqualTo(new UnknownEvent("identity.BornLater", "3", "{\"a\":1}"));
    }

    private static int current(String name) {
        return Evolution.revision(EventTypes.byName().get(name));
    }

    private static ObjectNode sample(String name, int revision) {
        return FILES.read(SchemaFiles.sample(name, revision)).orElseThrow().asObject();
    }

    private static JsonNode schema(String name, int revision) {
        return FILES.read(SchemaFiles.schema(name, revision)).orElseThrow();
    }

    private static Set<String> required(String name, int revision) {
        return schema(name, revision)
                .path("required")
                .valueStream()
                .map(JsonNode::asString)
                .collect(Collectors.toSet());
    }

    private static List<?> errors(JsonNode schema, JsonNode instance) {
        Schema validator = SCHEMAS.getSchema(schema);
        return validator.validate(
                instance, context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
    }
}
