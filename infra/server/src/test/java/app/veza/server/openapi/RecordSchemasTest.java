package app.veza.server.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.veza.command.http.Limits;
import app.veza.command.http.OneOf;
import app.veza.command.http.Required;
import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverterContextImpl;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RecordSchemasTest {

    private final ModelConverterContextImpl context = new ModelConverterContextImpl(new RecordSchemas(Json31.mapper()));

    enum Colour {
        RED
    }

    record Inner(String name) {}

    record Written(
            String always,
            @Nullable Integer number,
            @Nullable List<String> list,
            @Nullable Inner inner,
            @Nullable Colour colour,
            @Nullable JsonNode any) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record LeftOut(
            String always,
            @Nullable String sometimes,

            @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable
            String cursor) {}

    record Sent(@Required @Nullable String needed, @Nullable String other) {}

    record Bounded(
            @Limits(min = 1, max = 80) @Required @Nullable String name,
            @Limits(max = 5) @Nullable Integer number,
            @OneOf(Colour.class) @Nullable String colour) {}

    record Flat(String name, @JsonAnyGetter Map<String, JsonNode> details) {}

    record Found(JsonNode value, Map<String, JsonNode> key) {}

    static final class Here {
        record Same(String name) {}
    }

    static final class There {
        record Same(int number) {}
    }

    private JsonNode schema(Class<?> type) {
        context.resolve(new AnnotatedType(type));
        Schema<?> model = context.getDefinedModels().get(type.getSimpleName());
        return JsonMapper.shared().readTree(Json31.pretty(model));
    }

    private static List<String> required(JsonNode schema) {
        return schema.path("required").valueStream().map(JsonNode::asString).toList();
    }

    @Test
    void whatIsWrittenAsNullIsThereAndMayBeNull() {
        JsonNode schema = schema(Written.class);

        assertThat(required(schema)).containsExactly("always", "any", "colour", "inner", "list", "number");
        assertThat(schema.at("/properties/always")).isEqualTo(json("{'type':'string'}"));
        assertThat(schema.at("/properties/number/type")).isEqualTo(json("['integer','null']"));
        assertThat(schema.at("/properties/list/type")).isEqualTo(json("['array','null']"));
        assertThat(schema.at("/properties/inner"))
                .isEqualTo(json("{'anyOf':[{'$ref':'#/components/schemas/Inner'},{'type':'null'}]}"));
        assertThat(schema.at("/properties/colour"))
                .isEqualTo(json("{'anyOf':[{'type':'string','enum':['RED']},{'type':'null'}]}"));
        assertThat(schema.at("/properties/any")).isEqualTo(json("{}"));
    }

    @Test
    void whatIsLeftOutWhenItIsNullMayBeMissingAndIsNeverNull() {
        JsonNode schema = schema(LeftOut.class);

        assertThat(required(schema)).containsExactly("always", "cursor");
        assertThat(schema.at("/properties/sometimes/type")).isEqualTo(json("'string'"));
        assertThat(schema.at("/properties/cursor/type")).isEqualTo(json("['string','null']"));
    }

    @Test
    void whatClientsHaveToSendIsNotNull() {
        JsonNode schema = schema(Sent.class);

        assertThat(schema.at("/properties/needed/type")).isEqualTo(json("'string'"));
        assertThat(schema.at("/properties/other/type")).isEqualTo(json("['string','null']"));
    }

    @Test
    void boundsAndWordsAreToldOnce() {
        schema(Bounded.class);
        JsonNode schema = schema(Bounded.class);

        assertThat(schema.at("/properties/name")).isEqualTo(json("{'type':'string','minLength':1,'maxLength':80}"));
        assertThat(schema.at("/properties/number/minimum").asInt()).isZero();
        assertThat(schema.at("/properties/number/maximum").asInt()).isEqualTo(5);
        assertThat(schema.at("/properties/colour"))
                .isEqualTo(json("{'anyOf':[{'type':'string','enum':['red']},{'type':'null'}]}"));
    }

    @Test
    void entriesThatAreWrittenBesideTheOthersAreMembers() {
        JsonNode schema = schema(Flat.class);

        assertThat(required(schema)).containsExactly("name");
        assertThat(schema.path("properties").propertyNames()).containsExactly("name");
        assertThat(schema.path("additionalProperties")).isEqualTo(json("{}"));
    }

    @Test
    void jsonIsAnything() {
        JsonNode schema = schema(Found.class);

        assertThat(schema.at("/properties/value")).isEqualTo(json("{}"));
        assertThat(schema.at("/properties/key/additionalProperties")).isEqualTo(json("{}"));
        assertThat(context.getDefinedModels()).containsOnlyKeys("Found");
    }

    @Test
    void twoRecordsShareNoSchema() {
        schema(Here.Same.class);
        schema(Here.Same.class);

        assertThatThrownBy(() -> schema(There.Same.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Here$Same")
                .hasMessageContaining("There$Same");
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text.replace('\'', '"'));
    }
}
