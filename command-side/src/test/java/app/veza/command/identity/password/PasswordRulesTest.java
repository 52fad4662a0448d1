package app.veza.command.identity.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.veza.command.InvalidInput;
import app.veza.command.http.InputCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordRulesTest {

    private static final PasswordRules RULES = new PasswordRules();

    private static void check(String password) {
        var input = new InputCheck();
        RULES.check(input, "/password", password, "Ann.Archer", "ann@example.org");
        input.verify();
    }

    @ParameterizedTest
    @ValueSource(strings = {"correct horse battery", "Pa55phr4se", "пароль-длинный", "        x"})
    void anythingElseIsAPassword(String password) {
        check(password);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "short",
                "password1",
                "PassWord1",
                "12345678",
                "zzzzzzzzz",
                "ABCDEFGH",
                "ann.archer",
                "ANN@example.org"
            })
    void whatIsGuessedFirstIsNone(String password) {
        assertThatThrownBy(() -> check(password))
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        invalid -> assertThat(invalid.faults())
                                .extracting(InvalidInput.Fault::pointer)
                                .containsOnly("/password"));
    }

    @Test
    void lengthIsCountedInCharacters() {
        check("🎹🎻".repeat(64));
        assertThatThrownBy(() -> check("🎹🎻".repeat(64) + "🎹")).isInstanceOf(InvalidInput.class);
        assertThatThrownBy(() -> check("🎹🎻🥁🎷🎺🎸🪕")).isInstanceOf(InvalidInput.class);
    }
}
