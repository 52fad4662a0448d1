package app.veza.command.identity.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefreshTokenTest {

    private final UUID session = UUID.randomUUID();

    @Test
    void aTokenSaysWhichSessionItIsOf() {
        RefreshToken token = RefreshToken.create(session);

        assertThat(RefreshToken.parse(token.text())).contains(token);
        assertThat(RefreshToken.parse(token.text()).orElseThrow().hash()).isEqualTo(token.hash());
    }

    @Test
    void noTwoAreAlikeAndNeitherAreTheirHashes() {
        RefreshToken one = RefreshToken.create(session);
        RefreshToken other = RefreshToken.create(session);

        assertThat(one.text()).isNotEqualTo(other.text());
        assertThat(one.hash()).isNotEqualTo(other.hash()).hasSize(43);
    }

    @Test
    void printedItKeepsItsSecret() {
        RefreshToken token = RefreshToken.create(session);
        assertThat(token.toString()).doesNotContain(token.text()).contains(session.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "short",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\u00e9A",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            })
    void whatCannotBeATokenIsNone(String text) {
        assertThat(RefreshToken.parse(text)).isEmpty();
    }
}
