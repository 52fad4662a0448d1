package app.veza.command.notification;

import app.veza.command.InvalidInput;
import app.veza.command.http.InputCheck;
import app.veza.event.notification.WebhookType;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What webhooks are told of, in the words of clients; and what else their doors share. */
public final class WebhookInput {

    /** Characters. */
    public static final int DESCRIPTION_LENGTH = 250;

    private static final Set<WebhookType> OF_STREAMS =
            EnumSet.of(WebhookType.STREAM_STARTED, WebhookType.STREAM_STOPPED);

    private static final int SECRET_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private WebhookInput() {}

    /** As it is told: {@code message.sent}. */
    public static String word(WebhookType type) {
        return type.name().toLowerCase(Locale.ROOT).replace('_', '.');
    }

    /** Each once, in an order that does not depend on the client's. */
    public static List<WebhookType> types(InputCheck input, @Nullable List<@Nullable String> words) {
        Set<WebhookType> types = EnumSet.noneOf(WebhookType.class);
        List<@Nullable String> given = words == null ? List.of() : words;
        input.check(!given.isEmpty(), "/types", "must name at least one of " + words(WebhookType.values()));
        for (int i = 0; i < given.size(); i++) {
            String word = given.get(i);
            var type = Arrays.stream(WebhookType.values())
                    .filter(known -> word(known).equals(word))
                    .findFirst();
            input.check(type.isPresent(), "/types/" + i, "must be one of " + words(WebhookType.values()));
            type.ifPresent(types::add);
        }
        return List.copyOf(types);
    }

    /**
     * A room tells of what happens in it, a person of their streams.
     *
     * @throws InvalidInput when something is among them that it does not tell of
     */
    public static void requireToldOf(List<WebhookType> types, boolean isOfRoom) {
        Set<WebhookType> told = isOfRoom ? EnumSet.complementOf(EnumSet.copyOf(OF_STREAMS)) : OF_STREAMS;
        if (!told.containsAll(types)) {
            throw new InvalidInput(
                    "/types",
                    (isOfRoom ? "must be, for a room, of " : "must be, without a roomId, of ")
                            + words(told.toArray(WebhookType[]::new)));
        }
    }

    private static String words(WebhookType... types) {
        return Arrays.stream(types).map(WebhookInput::word).collect(Collectors.joining(", "));
    }

    /** To sign with: {@code whsec_} and 32 random bytes in base64. */
    public static String newSecret() {
        byte[] secret = new byte[SECRET_BYTES];
        RANDOM.nextBytes(secret);
        return "whsec_" + Base64.getEncoder().encodeToString(secret);
    }
}
