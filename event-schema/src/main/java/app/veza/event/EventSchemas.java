package app.veza.event;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The events described for programs that do not know the records: resources of this module, as they were committed. */
public final class EventSchemas {

    private EventSchemas() {}

    /**
     * The JSON Schema (2020-12) of a payload, personal components in clear.
     *
     * @param name full name of the event, such as {@code chat.MessageSent}
     * @throws IllegalArgumentException when no such revision ever shipped
     */
    public static String schema(String name, String revision) {
        return resource("schema/%s.v%s.json".formatted(name, revision));
    }

    /** The AsyncAPI 3.0 document of all events, in every revision that may stand in the log. */
    public static String asyncApi() {
        return resource("asyncapi.json");
    }

    private static String resource(String path) {
        try (InputStream resource = EventSchemas.class.getResourceAsStream(path)) {
            if (resource == null) {
                throw new IllegalArgumentException("There is no " + path + " among the events' schemas");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
