package app.veza.server.openapi;

import app.veza.command.http.Required;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.core.jackson.TypeNameResolver;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.Iterator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Schemas of records: named after their endpoint, for many have a {@code Body}, and with what is never missing required. */
final class RecordSchemas extends ModelResolver {

    /** What the names of classes end with that have records of their own for bodies and answers. */
    private static final Pattern ENTRANCE = Pattern.compile("(?:Endpoint|Entry)$");

    RecordSchemas(ObjectMapper json) {
        super(json, new Names());
        openapi31(true);
    }

    @Override
    public Schema<?> resolve(AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> next) {
        Schema<?> schema = super.resolve(type, context, next);
        Class<?> raw = _mapper.constructType(type.getType()).getRawClass();
        if (schema != null && raw.isRecord()) {
            requireWhatIsNeverMissing(defined(schema, context), raw);
        }
        return schema;
    }

    private static Schema<?> defined(Schema<?> schema, ModelConverterContext context) {
        String reference = schema.get$ref();
        return reference == null
                ? schema
                : context.getDefinedModels().get(reference.substring(reference.lastIndexOf('/') + 1));
    }

    private static void requireWhatIsNeverMissing(@Nullable Schema<?> model, Class<?> type) {
        if (model == null || model.getProperties() == null) {
            return;
        }
        for (RecordComponent component : type.getRecordComponents()) {
            boolean isShown = model.getProperties().containsKey(component.getName());
            boolean isNeverMissing = component.isAnnotationPresent(Required.class)
                    || !component.getAnnotatedType().isAnnotationPresent(Nullable.class);
            if (isShown && isNeverMissing) {
                model.addRequiredItem(component.getName());
            }
        }
    }

    /** {@code CreateRoomEndpoint.Body} is a {@code CreateRoomBody}. */
    private static final class Names extends TypeNameResolver {

        @Override
        protected String getNameOfClass(Class<?> type) {
            Class<?> outer = type.getEnclosingClass();
            boolean isOfEntrance =
                    outer != null && ENTRANCE.matcher(outer.getSimpleName()).find();
            return isOfEntrance && !useCase(outer).equals(type.getSimpleName())
                    ? useCase(outer) + type.getSimpleName()
                    : super.getNameOfClass(type);
        }
    }

    /** The name of an endpoint's class without what every one ends with. */
    static String useCase(Class<?> endpoint) {
        return ENTRANCE.matcher(endpoint.getSimpleName()).replaceFirst("");
    }
}
