package app.veza.command.http;

import app.veza.command.InvalidInput;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Checks a body, collecting everything that is wrong with it. Each method returns the value in its normal form; where it was
 * faulty some stand-in, which {@link #verify()} keeps from being used.
 */
public final class InputCheck {

    private static final UUID NO_ID = new UUID(0, 0);

    private final List<InvalidInput.Fault> faults = new ArrayList<>();

    /** A value that must be there, taken as it is. */
    public String required(String pointer, @Nullable String value) {
        check(value != null && !value.isEmpty(), pointer, "is required");
        check(value == null || TextRules.isUnicode(value), pointer, "must be Unicode: it has half of a surrogate pair");
        return value == null ? "" : value;
    }

    /** A name or title: one line, trimmed. */
    public String line(String pointer, @Nullable String value, int maxLength) {
        String line = TextRules.normalize(required(pointer, value)).strip();
        if (value != null && !value.isEmpty()) {
            check(!TextRules.isBlank(line), pointer, "must have visible characters");
            check(TextRules.length(line) <= maxLength, pointer, "must not exceed " + maxLength + " characters");
            check(TextRules.isCleanLine(line), pointer, "must be one line without control characters");
        }
        return line;
    }

    /** The same, or null when missing or blank. */
    public @Nullable String optionalLine(String pointer, @Nullable String value, int maxLength) {
        return value == null || TextRules.isBlank(value) ? null : line(pointer, value, maxLength);
    }

    /** Text of several lines, as typed. */
    public String text(String pointer, @Nullable String value, int maxLength) {
        String text = TextRules.normalize(required(pointer, value));
        if (value != null && !value.isEmpty()) {
            check(!TextRules.isBlank(text), pointer, "must have visible characters");
            check(TextRules.length(text) <= maxLength, pointer, "must not exceed " + maxLength + " characters");
            check(TextRules.isClean(text), pointer, "must not have control characters");
        }
        return text;
    }

    /** The same, or null when missing or blank. */
    public @Nullable String optionalText(String pointer, @Nullable String value, int maxLength) {
        return value == null || TextRules.isBlank(value) ? null : text(pointer, value, maxLength);
    }

    /** A constant by its lower-case name. */
    public <E extends Enum<E>> E choice(String pointer, @Nullable String value, Class<E> type, E missing) {
        if (value == null) {
            return missing;
        }
        for (E constant : type.getEnumConstants()) {
            if (word(constant).equals(value)) {
                return constant;
            }
        }
        check(false, pointer, "must be one of " + String.join(", ", words(type)));
        return missing;
    }

    /** An id that must be there. */
    public UUID id(String pointer, @Nullable String value) {
        String text = required(pointer, value);
        UUID id = text.isEmpty() ? null : optionalId(pointer, text);
        return id == null ? NO_ID : id;
    }

    public @Nullable UUID optionalId(String pointer, @Nullable String value) {
        if (value == null) {
            return null;
        }
        UUID id = StrictUuid.parse(value).orElse(null);
        check(id != null, pointer, "must be an id");
        return id;
    }

    /** A time as RFC 3339 writes it; null when missing. */
    public @Nullable Instant optionalTime(String pointer, @Nullable String value) {
        if (value == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(value).toInstant();
        } catch (DateTimeParseException unreadable) {
            check(false, pointer, "must be a time such as 2026-12-31T23:59:59Z");
            return null;
        }
    }

    public void check(boolean holds, String pointer, String otherwise) {
        if (!holds) {
            faults.add(new InvalidInput.Fault(pointer, otherwise));
        }
    }

    /** @throws InvalidInput when any check failed */
    public void verify() {
        if (!faults.isEmpty()) {
            throw new InvalidInput(faults);
        }
    }

    /** What {@link #choice} takes. */
    public static List<String> words(Class<? extends Enum<?>> type) {
        return Arrays.stream(type.getEnumConstants()).map(InputCheck::word).toList();
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
