package app.veza.command.identity.openid;

import static org.assertj.core.api.Assertions.assertThat;

import app.veza.command.identity.Usernames;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsernameWishTest {

    @ParameterizedTest
    @CsvSource({"ada, ada", "Ada Lovelace, Ada-Lovelace", "Zoë.Müller, Zoe.Muller", "--ada--, ada", "иada!, ada"})
    void theFirstIsAsNearAsItMayBe(String wish, String name) {
        assertThat(UsernameWish.candidates(wish, new Random(1))).first().isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "иван", "x", "\u202e\u0000", "a.very.long.name.that.nobody.could.ever.remember"})
    void allAreUsernames(String wish) {
        List<String> names = UsernameWish.candidates(wish, new Random(1));

        assertThat(names).hasSizeGreaterThanOrEqualTo(3).allMatch(Usernames::isValid);
    }

    @Test
    void withoutAWishTheMailboxIsOne() {
        var account = new ExternalAccount("p", "https://p.example", "1", "ada@example.org", null, null);

        assertThat(UsernameWish.of(account)).first().isEqualTo("ada");
        assertThat(account).asString().doesNotContain("ada");
    }
}
