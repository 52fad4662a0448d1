package app.veza.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PastTest {

    @Test
    void isOldestFirstAndKeepsWhatItWas() {
        Past<String> one = Past.<String>none().with("one");
        Past<String> two = one.with("two");
        assertThat(Past.none()).isEmpty();
        assertThat(one).containsExactly("one");
        assertThat(two).containsExactly("one", "two");
        assertThat(one.with("other")).containsExactly("one", "other");
    }
}
