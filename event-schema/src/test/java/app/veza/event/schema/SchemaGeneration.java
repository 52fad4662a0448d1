package app.veza.event.schema;

import app.veza.event.Personal;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.MemberScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * JSON Schemas (2020-12) of events' payloads as the log's codec writes them: absent components are left out, never null.
 * Everything is inlined, so that a schema can be copied into another document.
 */
final class SchemaGeneration {

    static final String PERSONAL = "x-personal";
    static final String TAG = "x-tag";
    static final String REVISION = "x-revision";

    private final SchemaGenerator generator;
    private final Path sources;

    /** @param sources directory of the records' sources, for descriptions */
    SchemaGeneration(Path sources) {
        this.sources = sources;
        var config = new SchemaGeneratorConfigBuilder(SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
                .with(Option.INLINE_ALL_SCHEMAS, Option.STANDARD_FORMATS, Option.EXTRA_OPEN_API_FORMAT_VALUES)
                .with(Option.MAP_VALUES_AS_ADDITIONAL_PROPERTIES);
        config.forTypesInGeneral().withPropertySorter(Comparator.comparing(SchemaGeneration::place));
        config.forFields()
                .withRequiredCheck(field -> component(field)
                        .map(component -> !component.getAnnotatedType().isAnnotationPresent(Nullable.class))
                        .orElse(false))
                .withInstanceAttributeOverride((schema, field, context) -> mark(schema, field));
        generator = new SchemaGenerator(config.build());
    }

    ObjectNode schema(String name, Class<?> type) {
        ObjectNode generated = generator.generateSchema(type);
        RecordDocs docs = RecordDocs.of(sources, type);
        ObjectNode schema = generated.objectNode();
        schema.set("$schema", generated.get("$schema"));
        schema.put("$id", "urn:veza:event:%s:%s".formatted(name, revision(type)));
        schema.put("title", name);
        if (!docs.description().isEmpty()) {
            schema.put("description", docs.description());
        }
        schema.put(REVISION, revision(type));
        generated.remove("$schema");
        schema.setAll(generated);
        docs.components()
                .forEach((component, text) -> schema.path("properties")
                        .path(component)
                        .asObjectOpt()
                        .ifPresent(property -> property.put("description", text)));
        return schema;
    }

    static String revision(Class<?> type) {
        return type.getAnnotation(Event.class).version();
    }

    /** What readers and upcasters depend on: without descriptions, which may be improved in the records at any time. */
    static JsonNode shape(JsonNode schema) {
        JsonNode shape = schema.deepCopy();
        withoutDescriptions(shape);
        return shape;
    }

    private static void withoutDescriptions(JsonNode schema) {
        if (schema instanceof ObjectNode object) {
            object.remove("description");
            if (object.path("required") instanceof ArrayNode required) {
                List<String> sorted =
                        required.valueStream().map(JsonNode::asString).sorted().toList();
                required.removeAll();
                sorted.forEach(required::add);
            }
            // A component may itself be called description
            object.path("properties").forEach(SchemaGeneration::withoutDescriptions);
            withoutDescriptions(object.path("items"));
            withoutDescriptions(object.path("additionalProperties"));
        }
    }

    private static void mark(ObjectNode schema, FieldScope field) {
        component(field).ifPresent(component -> {
            Personal personal = component.getAnnotation(Personal.class);
            if (personal != null) {
                schema.set(PERSONAL, StringNode.valueOf(personal.subject()));
            }
            EventTag tag = component.getAccessor().getAnnotation(EventTag.class);
            if (tag != null) {
                schema.put(TAG, tag.key());
            }
        });
    }

    private static Optional<RecordComponent> component(MemberScope<?, ?> member) {
        return components(member).stream()
                .filter(component -> component.getName().equals(member.getDeclaredName()))
                .findFirst();
    }

    private static Integer place(MemberScope<?, ?> member) {
        return components(member).stream()
                .map(RecordComponent::getName)
                .toList()
                .indexOf(member.getDeclaredName());
    }

    private static List<RecordComponent> components(MemberScope<?, ?> member) {
        RecordComponent[] components = member.getDeclaringType().getErasedType().getRecordComponents();
        return components == null ? List.of() : Arrays.asList(components);
    }
}
