package app.veza.command.http;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** The one way to write an id. {@link UUID#fromString} takes "1-2-3-4-5" too. */
final class StrictUuid {

    private static final Pattern CANONICAL =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private StrictUuid() {}

    static Optional<UUID> parse(String text) {
        return CANONICAL.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
    }
}
