package app.veza.server.openapi;

import app.veza.command.http.InputCheck;
import app.veza.command.http.Limits;
import app.veza.command.http.OneOf;
import app.veza.command.http.Required;
import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.core.jackson.TypeNameResolver;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Schemas of records, as they are written: named after their endpoint, for many have a {@code Body}; what may be null says so, and what
 * is never missing is required. Of bodies that clients send {@link BodySchemas} says what they may leave out.
 */
final class RecordSchemas extends ModelResolver {

    /** What the names of classes end with that have records of their own for bodies and answers. */
    private static final Pattern ENTRANCE = Pattern.compile("(?:Endpoint|Entry)$");

    private static final String NULL = "null";

    RecordSchemas(ObjectMapper json) {
        super(json, new Names());
        openapi31(true);
    }

    @Override
    public Schema<?> resolve(AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> next) {
        Class<?> raw = _mapper.constructType(type.getType()).getRawClass();
        if (JsonNode.class.isAssignableFrom(raw)) {
            return new JsonSchema(); // whatever JSON it holds, not what the class can be asked
        }
        Schema<?> schema = super.resolve(type, context, next);
        if (schema != null && raw.isRecord()) {
            Schema<?> model = defined(schema, context);
            if (model != null && model.getProperties() != null) {
                for (RecordComponent component : raw.getRecordComponents()) {
                    describe(component, model);
                }
            }
        }
        return schema;
    }

    private static @Nullable Schema<?> defined(Schema<?> schema, ModelConverterContext context) {
        String reference = schema.get$ref();
        return reference == null
                ? schema
                : context.getDefinedModels().get(reference.substring(reference.lastIndexOf('/') + 1));
    }

    /** May come more than once for the same model, and then changes nothing. */
    private static void describe(RecordComponent component, Schema<?> model) {
        String name = component.getName();
        Schema<?> value = model.getProperties().get(name);
        if (value == null) {
            return;
        }
        if (component.getAccessor().isAnnotationPresent(JsonAnyGetter.class)) {
            // Its entries are members beside the others, and it is none
            model.getProperties().remove(name);
            model.setAdditionalProperties(value.getAdditionalProperties());
            return;
        }
        limit(component, value);
        boolean isNullable = !component.isAnnotationPresent(Required.class)
                && component.getAnnotatedType().isAnnotationPresent(Nullable.class);
        boolean isMissing = isNullable && isLeftOutWhenNull(component);
        if (isNullable && !isMissing) {
            model.getProperties().put(name, orNull(value));
        }
        if (!isMissing && (model.getRequired() == null || !model.getRequired().contains(name))) {
            model.addRequiredItem(name);
        }
    }

    private static void limit(RecordComponent component, Schema<?> value) {
        Limits limits = component.getAnnotation(Limits.class);
        if (limits != null && component.getType() == String.class) {
            value.minLength(limits.min() == 0 ? null : (int) limits.min()).maxLength((int) limits.max());
        } else if (limits != null) {
            value.minimum(BigDecimal.valueOf(limits.min())).maximum(BigDecimal.valueOf(limits.max()));
        }
        OneOf words = component.getAnnotation(OneOf.class);
        if (words != null && value.getAnyOf() == null) {
            enumerate(value, InputCheck.words(words.value()));
        }
    }

    @SuppressWarnings("unchecked")
    private static void enumerate(Schema<?> value, List<String> words) {
        ((Schema<String>) value).setEnum(words);
    }

    private static boolean isLeftOutWhenNull(RecordComponent component) {
        JsonInclude own = component.getAccessor().getAnnotation(JsonInclude.class);
        JsonInclude inclusion = own == null ? component.getDeclaringRecord().getAnnotation(JsonInclude.class) : own;
        return inclusion != null && inclusion.value() != JsonInclude.Include.ALWAYS;
    }

    /** What has no type has any, null among them. */
    private static Schema<?> orNull(Schema<?> value) {
        if (value.get$ref() != null || value.getEnum() != null) {
            return new JsonSchema().anyOf(List.of(value, new JsonSchema().typesItem(NULL)));
        }
        if (value.getTypes() != null) {
            value.addType(NULL);
        }
        return value;
    }

    static boolean mayBeNull(Schema<?> value) {
        return value.getTypes() != null && value.getTypes().contains(NULL)
                || value.getAnyOf() != null && value.getAnyOf().stream().anyMatch(RecordSchemas::mayBeNull);
    }

    /** {@code CreateRoomEndpoint.Body} is a {@code CreateRoomBody}. */
    private static final class Names extends TypeNameResolver {

        private final Map<String, Class<?>> records = new ConcurrentHashMap<>();

        @Override
        protected String getNameOfClass(Class<?> type) {
            Class<?> outer = type.getEnclosingClass();
            boolean isOfEntrance =
                    outer != null && ENTRANCE.matcher(outer.getSimpleName()).find();
            String name = isOfEntrance && !useCase(outer).equals(type.getSimpleName())
                    ? useCase(outer) + type.getSimpleName()
                    : super.getNameOfClass(type);
            if (type.isRecord()) {
                requireOwn(name, type);
            }
            return name;
        }

        /** Of two records with one name only one would be described, as both. */
        private void requireOwn(String name, Class<?> type) {
            Class<?> other = records.putIfAbsent(name, type);
            if (other != null && other != type) {
                throw new IllegalStateException("%s and %s would share the schema %s: give one of them another name"
                        .formatted(other.getName(), type.getName(), name));
            }
        }
    }

    /** The name of an endpoint's class without what every one ends with. */
    static String useCase(Class<?> endpoint) {
        return ENTRANCE.matcher(endpoint.getSimpleName()).replaceFirst("");
    }
}
