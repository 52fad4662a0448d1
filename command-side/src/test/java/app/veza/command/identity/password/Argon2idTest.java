package app.veza.command.identity.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.BlockPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Argon2idTest {

    /** One for all of them, whatever they cost: what one left in it is nothing to the next. */
    private static final BlockPool MEMORY = Argon2id.memory(Argon2id.Cost.DEFAULT, 1);

    /** From the reference implementation's own tests (P-H-C/phc-winner-argon2, src/test.c, Argon2id, version 0x13). */
    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
                    password|somesalt|65536|2|1|$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc
                    password|somesalt|256|2|1|$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4
                    password|somesalt|256|2|2|$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc
                    differentpassword|somesalt|65536|2|1|$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$C4TWUs9rDEvq7w3+J4umqA32aWKB1+DSiRuBfYxFj94
                    """)
    void agreesWithTheReferenceImplementation(
            String password, String salt, int memory, int passes, int lanes, String phc) {
        assertThat(Argon2id.hash(
                        password,
                        salt.getBytes(StandardCharsets.US_ASCII),
                        new Argon2id.Cost(memory, passes, lanes),
                        MEMORY))
                .isEqualTo(phc);
        assertThat(Argon2id.verify(password, phc, MEMORY)).isTrue();
        assertThat(Argon2id.verify(password + "x", phc, MEMORY)).isFalse();
    }

    @Test
    void hashesAtTheCostThatWasChosen() {
        assertThat(Argon2id.hash("correct horse", new byte[Argon2id.SALT_BYTES], Argon2id.Cost.DEFAULT, MEMORY))
                .startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    }

    /** 19 MiB each time would have the collector stop everybody. */
    @Test
    void takesTheMemoryOfTheHashingBefore() {
        BlockPool memory = Argon2id.memory(Argon2id.Cost.DEFAULT, 1);
        assertThat(allocatedByAHashing(memory)).isGreaterThan(19L << 20);
        assertThat(allocatedByAHashing(memory)).isLessThan(1L << 20);
    }

    private static long allocatedByAHashing(BlockPool memory) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        assertThat(Argon2id.hash("correct horse", new byte[Argon2id.SALT_BYTES], Argon2id.Cost.DEFAULT, memory))
                .isNotEmpty();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    @Test
    void theSameCharactersMatchHoweverTheyAreComposed() {
        String composed = "caf\u00e9 noir";
        String decomposed = "cafe\u0301 noir";
        String phc = Argon2id.hash(composed, new byte[Argon2id.SALT_BYTES], new Argon2id.Cost(256, 1, 1), MEMORY);

        assertThat(Argon2id.verify(decomposed, phc, MEMORY)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "password",
                "$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
                "$argon2id$v=16$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
                "$argon2id$v=19$m=99999999,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4"
            })
    void refusesWhatIsNoHashOfItsOwn(String text) {
        assertThatThrownBy(() -> Argon2id.verify("password", text, MEMORY))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
