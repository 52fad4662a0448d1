package app.veza.server.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;

/**
 * Whoever can read the operator's file on the platform's own machine is an engineer, and alone makes a person the
 * first admin: the command line presents it as a bearer
 * token. Any other token is left to who verifies people's.
 */
final class OperatorToken implements AuthenticationProvider {

    private static final int LEAST_CHARACTERS = 43;

    private final byte @Nullable [] token;

    private OperatorToken(byte @Nullable [] token) {
        this.token = token;
    }

    /** @param file 32 random bytes as base64url; null: there is no operator */
    static OperatorToken read(@Nullable Path file) {
        if (file == null) {
            return new OperatorToken(null);
        }
        String text;
        try {
            text = Files.readString(file).strip();
        } catch (IOException failure) {
            throw new UncheckedIOException("veza.operator-token-file " + file + " cannot be read", failure);
        }
        if (text.length() < LEAST_CHARACTERS) {
            throw new IllegalStateException(
                    "veza.operator-token-file %s needs 32 random bytes as base64url, %d characters"
                            .formatted(file, LEAST_CHARACTERS));
        }
        return new OperatorToken(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public @Nullable Authentication authenticate(Authentication presented) {
        String bearer = ((BearerTokenAuthenticationToken) presented).getToken();
        // In a time that tells nothing of how much of it was right
        return token != null && MessageDigest.isEqual(token, bearer.getBytes(StandardCharsets.UTF_8))
                ? new PreAuthenticatedAuthenticationToken(
                        "operator",
                        "",
                        List.of(
                                new SimpleGrantedAuthority("ROLE_engineer"),
                                new SimpleGrantedAuthority("ROLE_" + RouteRoles.OPERATOR)))
                : null;
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return BearerTokenAuthenticationToken.class.isAssignableFrom(authentication);
    }
}
