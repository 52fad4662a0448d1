package app.veza.command.identity.password;

import app.veza.command.http.InputCheck;
import com.nulabinc.zxcvbn.StandardDictionaries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What a password may be: 8 to 128 characters of any kind, and none that is guessed first. NIST SP 800-63B asks for no more, and
 * advises against rules of composition.
 */
@Component
public final class PasswordRules {

    public static final int MIN_LENGTH = 8;
    public static final int MAX_LENGTH = 128;

    /** The most used ones in what was breached, as zxcvbn keeps them: lower case. */
    private final Set<String> common;

    PasswordRules() {
        try {
            this.common = StandardDictionaries.PASSWORDS_LOADER.load().getFrequencies().stream()
                    .filter(password -> password.length() >= MIN_LENGTH)
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException("The list of common passwords", e);
        }
    }

    /**
     * Adds what is wrong with a new password to the check.
     *
     * @param names the person's own, which an attacker tries first
     * @return the password, of use when the check is verified
     */
    public String check(InputCheck input, String pointer, @Nullable String value, String... names) {
        String password = input.required(pointer, value);
        if (password.isEmpty()) {
            return password;
        }
        int length = password.codePointCount(0, password.length());
        input.check(
                length >= MIN_LENGTH && length <= MAX_LENGTH,
                pointer,
                "must have %d to %d characters".formatted(MIN_LENGTH, MAX_LENGTH));
        String folded = fold(password);
        input.check(
                !common.contains(folded) && !isRun(folded),
                pointer,
                "is one of the most used passwords: choose another");
        for (String name : names) {
            input.check(!folded.equals(fold(name)), pointer, "must not be your name or your address");
        }
        return password;
    }

    /** {@code aaaaaaaa}, {@code abcdefgh}, {@code 87654321}: zxcvbn leaves them out of its list, for it finds them otherwise. */
    private static boolean isRun(String text) {
        int[] characters = text.codePoints().toArray();
        int step = characters.length < 2 ? 0 : characters[1] - characters[0];
        return Math.abs(step) <= 1
                && IntStream.range(1, characters.length).allMatch(i -> characters[i] - characters[i - 1] == step);
    }

    private static String fold(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }
}
