package app.veza.command.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailsTest {

    @ParameterizedTest
    @CsvSource({
        "Ann@Example.ORG, ann@example.org",
        "ann@bücher.example, ann@xn--bcher-kva.example",
        "ａｎｎ@example.org, ann@example.org"
    })
    void oneMailboxHasOneKey(String email, String key) {
        assertThat(Emails.isValid(email)).isTrue();
        assertThat(Emails.key(email)).isEqualTo(key);
    }

    @Test
    void tagsAreMailboxesOfTheirOwn() {
        assertThat(Emails.key("ann+veza@example.org")).isNotEqualTo(Emails.key("ann@example.org"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ann",
                "ann@",
                "@example.org",
                "a@b@example.org",
                "a@localhost",
                "a b@example.org",
                "a,b@example.org",
                "<a@example.org>",
                "a@example.org\r\nBcc: b@example.org",
                "a@-.org.-",
                "bob@faß.example",
                "bob@νίκος.example",
                "bob@fa\u200dss.example"
            })
    void whatIsNoAddressIsNamed(String email) {
        assertThat(Emails.isValid(email)).isFalse();
    }
}
