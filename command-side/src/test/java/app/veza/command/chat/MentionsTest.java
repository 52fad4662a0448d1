package app.veza.command.chat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MentionsTest {

    @Test
    void namesStandBehindAnAtSignEachOnce() {
        assertThat(Mentions.names("@ann, @bob.b and (@Ann_2): @ann")).containsExactly("ann", "bob.b", "Ann_2");
        assertThat(Mentions.names("@ann... @bo @@cyd dan@example.org")).containsExactly("ann...");
    }

    /** All of it would be looked at again from each of its characters on. */
    @Test
    void whatIsTooLongForANameIsNone() {
        assertThat(Mentions.names("@" + "a".repeat(64))).hasSize(1);
        assertThat(Mentions.names("@" + "a".repeat(65) + " @ann")).containsExactly("ann");
        assertThat(Mentions.names("@" + ".".repeat(9_990) + "a")).isEmpty();
    }
}
