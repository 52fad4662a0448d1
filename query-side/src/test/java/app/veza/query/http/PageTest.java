package app.veza.query.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.ErrorResponseException;

class PageTest {

    @Test
    void aCursorIsOfItsListAlone() {
        String cursor = Page.of("users", 5, null).cursorAfter("ada");
        assertThat(Page.of("users", 5, cursor).after(key -> key, "")).isEqualTo("ada");
        assertThatThrownBy(() -> Page.of("rooms", 5, cursor)).isInstanceOf(ErrorResponseException.class);
    }

    /** Their checksum is right: anybody can make one. */
    @ParameterizedTest
    @ValueSource(strings = {"\0", "ada\0"})
    void whatNoListCanHaveIsRefused(String key) {
        String forged = Page.of("users", 5, null).cursorAfter(key);
        assertThatThrownBy(() -> Page.of("users", 5, forged))
                .isInstanceOf(ErrorResponseException.class)
                .hasMessageContaining("400");
    }
}
