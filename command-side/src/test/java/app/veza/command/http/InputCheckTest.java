package app.veza.command.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.veza.command.InvalidInput;
import app.veza.event.chat.Visibility;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class InputCheckTest {

    private final InputCheck input = new InputCheck();

    @Test
    void allThatIsWrongIsToldAtOnce() {
        input.line("/name", null, 80);
        input.choice("/visibility", "secret", Visibility.class, Visibility.PUBLIC);
        input.optionalId("/replyTo", "1-2-3-4-5");

        assertThatThrownBy(input::verify)
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        invalid -> assertThat(invalid.faults())
                                .containsExactly(
                                        new InvalidInput.Fault("/name", "is required"),
                                        new InvalidInput.Fault("/visibility", "must be one of public, private"),
                                        new InvalidInput.Fault("/replyTo", "must be an id")));
    }

    @Test
    void whatIsTakenAsItIsStillIsUnicode() {
        assertThat(accepted(i -> i.required("/password", "\ud83c\udfa7\u0000"))).isTrue();
        assertThat(accepted(i -> i.required("/password", "half \ud83c of a pair")))
                .isFalse();
    }

    @Nested
    class Text {

        @Test
        void keepsLinesAndTabs() {
            assertThat(accepted(i -> i.text("/text", "a\tb\nc", 10))).isTrue();
            assertThat(input.text("/text", "a\r\nb", 10)).isEqualTo("a\nb");
        }

        @Test
        void hasOneFormForTheSameCharacters() {
            assertThat(input.text("/text", "cafe\u0301", 10)).isEqualTo("caf\u00e9");
        }

        @Test
        void isAsLongAsItsCodePoints() {
            assertThat(accepted(i -> i.text("/text", "\ud83c\udfa7".repeat(10), 10)))
                    .isTrue();
            assertThat(accepted(i -> i.text("/text", "\ud83c\udfa7".repeat(11), 10)))
                    .isFalse();
            assertThat(accepted(i -> i.text("/text", "x".repeat(10_000), 10_000)))
                    .isTrue();
            assertThat(accepted(i -> i.text("/text", "x".repeat(10_001), 10_000)))
                    .isFalse();
        }

        @ParameterizedTest
        @NullAndEmptySource
        @ValueSource(strings = {" ", "\n\t ", "\u00a0\u3000", "\u200b\u200d", "\u0000", "bell\u0007", "half \ud83c"})
        void isSomethingToSeeAndNothingElse(@Nullable String text) {
            assertThat(accepted(i -> i.text("/text", text, 100))).isFalse();
        }
    }

    @Nested
    class Line {

        @Test
        void isTrimmed() {
            assertThat(input.line("/name", "  Lounge ", 80)).isEqualTo("Lounge");
        }

        @Test
        void mayBeOfAnyScript() {
            assertThat(accepted(
                            i -> i.line("/name", "\u0634\u0628\u06cc \u2764\ufe0f \ud83d\udc69\u200d\ud83d\ude80", 80)))
                    .isTrue();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "two\nlines",
                    "tab\tbed",
                    "line\u2028separator",
                    "\u202eturned",
                    "un\u200bseen",
                    "mar\u200fked",
                    "\u3164",
                    "so\u00adft",
                    "jo\u034fined",
                    "\u2800",
                    "half \udc00",
                    "   "
                })
        void breaksAndTurnsNothing(String line) {
            assertThat(accepted(i -> i.line("/name", line, 80))).isFalse();
        }

        @Test
        void thatIsOptionalIsNullWhenBlank() {
            assertThat(input.optionalLine("/topic", " ", 80)).isNull();
            assertThat(input.optionalLine("/topic", null, 80)).isNull();
        }
    }

    private static boolean accepted(Consumer<InputCheck> check) {
        var input = new InputCheck();
        check.accept(input);
        try {
            input.verify();
            return true;
        } catch (InvalidInput e) {
            return false;
        }
    }
}
