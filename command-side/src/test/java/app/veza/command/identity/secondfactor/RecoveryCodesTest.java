package app.veza.command.identity.secondfactor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecoveryCodesTest {

    @Test
    void areTenAndKeptAsHashesOnly() {
        RecoveryCodes codes = RecoveryCodes.create();

        assertThat(codes.codes())
                .hasSize(10)
                .doesNotHaveDuplicates()
                .allMatch(code -> code.matches("[a-hj-km-np-z02-9]{4}(-[a-hj-km-np-z02-9]{4}){5}"));
        assertThat(codes.hashes().split(" "))
                .hasSize(10)
                .allMatch(hash -> hash.matches("[A-Za-z0-9_-]{43}"))
                .contains(RecoveryCodes.hash(codes.codes().getLast().toUpperCase()));
        assertThat(codes).asString().isEqualTo("RecoveryCodes[]");
    }
}
