package app.veza.command.identity.password;

import static org.assertj.core.api.Assertions.assertThat;

import app.veza.command.CommandSideConfig;
import app.veza.event.Erased;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PasswordsTest {

    private final Passwords passwords = new Passwords(CommandSideConfig.Hashing.DEFAULT, new Argon2id.Cost(64, 1, 1));

    @AfterEach
    void close() {
        passwords.close();
    }

    @Test
    void aPasswordMatchesItsOwnHashOnly() {
        String hash = passwords.hash("correct horse");

        assertThat(passwords.verify("correct horse", hash)).isTrue();
        assertThat(passwords.verify("battery staple", hash)).isFalse();
    }

    @Test
    void equalPasswordsHaveDifferentHashes() {
        assertThat(passwords.hash("correct horse")).isNotEqualTo(passwords.hash("correct horse"));
    }

    @Test
    void nobodyMatchesNotEvenWithNothing() {
        assertThat(passwords.verify("correct horse", null)).isFalse();
        assertThat(passwords.verify("", null)).isFalse();
    }

    @Test
    void whoWasErasedMatchesNotEvenWithTheMark() {
        assertThat(passwords.verify(Erased.TEXT, Erased.TEXT)).isFalse();
        assertThat(passwords.verify("", Erased.TEXT)).isFalse();
    }
}
