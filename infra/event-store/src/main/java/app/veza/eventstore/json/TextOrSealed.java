package app.veza.eventstore.json;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;

/** A text; where an object stands in its place, which is how what is sealed is stored, another one. */
final class TextOrSealed extends ValueDeserializer<String> {

    private final String inPlace;

    TextOrSealed(String inPlace) {
        this.inPlace = inPlace;
    }

    @Override
    public String deserialize(JsonParser parser, DeserializationContext context) {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            parser.skipChildren();
            return inPlace;
        }
        return parser.getValueAsString();
    }
}
