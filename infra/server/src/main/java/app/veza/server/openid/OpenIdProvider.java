package app.veza.server.openid;

import java.net.URI;
import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;

/**
 * An OpenID provider that people can sign in through: {@code veza.oauth2.NAME.issuer} and so on.
 *
 * @param issuer of its ID tokens; below it lies {@code .well-known/openid-configuration}
 * @param clientId as which the platform is registered there, with the redirect URI {@code <public URL>/auth/oauth2/NAME/callback}
 * @param clientSecret that was given for it
 * @param scopes that are asked for
 * @param algorithm that its ID tokens are signed with: no other is taken
 */
record OpenIdProvider(
        URI issuer,
        String clientId,
        String clientSecret,
        @DefaultValue({"openid", "email", "profile"}) List<String> scopes,
        @DefaultValue("RS256") String algorithm) {

    OpenIdProvider {
        require(issuer != null && issuer.getHost() != null, "issuer must be an absolute URL");
        require(
                "https".equals(issuer.getScheme()) || isLoopback(issuer.getHost()),
                "issuer must be an https URL, save on this machine itself");
        require(clientId != null && !clientId.isBlank(), "client-id is missing");
        require(clientSecret != null && !clientSecret.isBlank(), "client-secret is missing");
        require(scopes.contains("openid"), "scopes must have openid");
        require(SignatureAlgorithm.from(algorithm) != null, "algorithm must be one such as RS256 or ES256");
    }

    SignatureAlgorithm signature() {
        return SignatureAlgorithm.from(algorithm);
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.equals("127.0.0.1") || host.equals("[::1]");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException("veza.oauth2: " + otherwise);
        }
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "OpenIdProvider[issuer=%s]".formatted(issuer);
    }
}
