package app.veza.command.identity.secondfactor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {

    private static final byte[] KEY = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);
    private static final String SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    /** RFC 6238, appendix B, SHA-1: eight digits there, of which apps show the last six. */
    @ParameterizedTest
    @CsvSource({
        "59, 94287082",
        "1111111109, 07081804",
        "1111111111, 14050471",
        "1234567890, 89005924",
        "2000000000, 69279037",
        "20000000000, 65353130",
    })
    void makesTheCodesOfTheStandard(long second, String code) {
        assertThat("%08d".formatted(Totp.truncated(KEY, second / 30) % 100_000_000))
                .isEqualTo(code);
        assertThat(Totp.stepOf(SECRET, code.substring(2), Instant.ofEpochSecond(second), 0))
                .hasValue(second / 30);
    }

    @Test
    void takesOneStepBeforeAndAfter() {
        for (long second : new long[] {0, 29, 30, 59, 60, 89}) {
            assertThat(Totp.stepOf(SECRET, "287082", Instant.ofEpochSecond(second), 0))
                    .as("at second %d", second)
                    .hasValue(1);
        }
        assertThat(Totp.stepOf(SECRET, "287082", Instant.ofEpochSecond(90), 0)).isEmpty();
    }

    @Test
    void takesNoCodeUpToTheLastThatWasUsed() {
        assertThat(Totp.stepOf(SECRET, "287082", Instant.ofEpochSecond(59), 1)).isEqualTo(OptionalLong.empty());
    }

    @Test
    void aSecretHas160BitsAndNoneIsLikeAnother() {
        assertThat(Totp.newSecret()).matches("[A-Z2-7]{32}").isNotEqualTo(Totp.newSecret());
        assertThat(Totp.uri(SECRET, "ann.b-c_d"))
                .hasToString("otpauth://totp/Veza:ann.b-c_d?secret=" + SECRET
                        + "&issuer=Veza&algorithm=SHA1&digits=6&period=30");
    }
}
