package app.veza.command.chat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmojiTest {

    @ParameterizedTest
    @ValueSource(strings = {"👍", "👍🏽", "👩‍👩‍👧‍👦", "🏳️‍🌈", "🇫🇷", "🎉"})
    void oneIsTakenAsItIs(String emoji) {
        assertThat(Emoji.parse(emoji)).contains(emoji);
    }

    @ParameterizedTest
    @CsvSource({"\u2764, \u2764\uFE0F", "\u2764\uFE0F, \u2764\uFE0F", "1\u20E3, 1\uFE0F\u20E3"})
    void twoWaysToWriteOneAreTheSame(String typed, String counted) {
        assertThat(Emoji.parse(typed)).contains(counted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "1", "👍👍", "👍a", ":+1:", "🇫", "<b>", "\uFE0F", "é", "中"})
    void whatIsNoneIsRefused(String text) {
        assertThat(Emoji.parse(text)).isEmpty();
    }
}
