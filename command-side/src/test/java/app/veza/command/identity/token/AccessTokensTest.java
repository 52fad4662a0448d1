package app.veza.command.identity.token;

import static org.assertj.core.api.Assertions.assertThat;

import app.veza.command.CommandSideConfig;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessTokensTest {

    @TempDir
    Path directory;

    private final Instant now = Instant.parse("2030-01-01T00:00:00Z");
    private final SignedInUser user = new SignedInUser(UUID.randomUUID(), "ann", "Ann", List.of("user"));

    @Test
    void aTokenLivesTenMinutesAndNeverLongerThanItsSession() throws ParseException {
        var config = CommandSideConfig.of(
                new byte[32],
                directory,
                URI.create("https://veza.example"),
                "veza",
                URI.create("https://veza.example"),
                URI.create("wss://ws.veza.example"));
        InstantSource clock = InstantSource.fixed(now);
        var tokens = new AccessTokens(new SigningKeys(config, clock), config, clock);

        AccessTokens.Issued full = tokens.issue(UUID.randomUUID(), now.plus(Duration.ofDays(30)), user);
        AccessTokens.Issued last = tokens.issue(UUID.randomUUID(), now.plus(Duration.ofMinutes(3)), user);

        assertThat(full.life()).isEqualTo(Duration.ofMinutes(10));
        assertThat(last.life()).isEqualTo(Duration.ofMinutes(3));
        assertThat(SignedJWT.parse(last.token())
                        .getJWTClaimsSet()
                        .getExpirationTime()
                        .toInstant())
                .isEqualTo(now.plus(Duration.ofMinutes(3)));
    }
}
