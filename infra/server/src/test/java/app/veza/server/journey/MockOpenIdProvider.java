package app.veza.server.journey;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/**
 * An OpenID provider over real HTTP with a real key, which holds its client to the protocol: secret, redirect, PKCE, each code once. What its
 * ID tokens say can be falsified.
 */
final class MockOpenIdProvider implements AutoCloseable {

    static final String CLIENT = "veza-journey";
    static final String SECRET = "a secret of the client";

    private final HttpServer server;
    private final RSAKey key;
    private final RSAKey foreign;
    private final Map<String, Grant> grants = new ConcurrentHashMap<>();

    /** How an ID token is made of its claims. */
    interface Issue {
        String of(MockOpenIdProvider provider, JWTClaimsSet claims) throws JOSEException;
    }

    private record Grant(
            Map<String, String> request, String subject, UnaryOperator<JWTClaimsSet.Builder> claims, Issue issue) {}

    MockOpenIdProvider() throws IOException, JOSEException {
        key = new RSAKeyGenerator(2048).keyID("mock-1").generate();
        foreign = new RSAKeyGenerator(2048).keyID("mock-1").generate();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/.well-known/openid-configuration", exchange -> answer(exchange, 200, document()));
        server.createContext(
                "/jwks",
                exchange ->
                        answer(exchange, 200, new JWKSet(key).toPublicJWKSet().toJSONObject()));
        server.createContext("/token", this::token);
        server.start();
    }

    String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    static String signed(MockOpenIdProvider provider, JWTClaimsSet claims) throws JOSEException {
        return signed(provider.key, claims);
    }

    /** By somebody who has not the key and says they have. */
    static String signedByAnother(MockOpenIdProvider provider, JWTClaimsSet claims) throws JOSEException {
        return signed(provider.foreign, claims);
    }

    static String unsigned(MockOpenIdProvider provider, JWTClaimsSet claims) {
        return new PlainJWT(claims).serialize();
    }

    private static String signed(RSAKey key, JWTClaimsSet claims) throws JOSEException {
        var token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), claims);
        token.sign(new RSASSASigner(key));
        return token.serialize();
    }

    /** A person lets the client have what it asks for; returns where the browser is sent back to. */
    String consent(URI asked, String subject, UnaryOperator<JWTClaimsSet.Builder> claims, Issue issue) {
        Map<String, String> request = parameters(asked.getRawQuery());
        String code = UUID.randomUUID().toString();
        grants.put(code, new Grant(request, subject, claims, issue));
        URI back = URI.create(request.get("redirect_uri"));
        return back.getPath() + "?code=" + code + "&state=" + request.get("state");
    }

    private Map<String, Object> document() {
        return Map.of(
                "issuer",
                issuer(),
                "authorization_endpoint",
                issuer() + "/authorize",
                "token_endpoint",
                issuer() + "/token",
                "jwks_uri",
                issuer() + "/jwks",
                "response_types_supported",
                new String[] {"code"},
                "subject_types_supported",
                new String[] {"public"},
                "id_token_signing_alg_values_supported",
                new String[] {"RS256"});
    }

    private void token(HttpExchange exchange) throws IOException {
        Map<String, String> form =
                parameters(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        Grant grant = grants.remove(String.valueOf(form.get("code")));
        if (grant == null || !isOurClient(exchange) || !fits(form, grant.request())) {
            answer(exchange, 400, Map.of("error", "invalid_grant"));
            return;
        }
        Instant now = Instant.now();
        var claims = new JWTClaimsSet.Builder()
                .issuer(issuer())
                .subject(grant.subject())
                .audience(CLIENT)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(300)))
                .claim("nonce", grant.request().get("nonce"));
        try {
            String idToken = grant.issue().of(this, grant.claims().apply(claims).build());
            answer(
                    exchange,
                    200,
                    Map.of("access_token", "unused", "token_type", "Bearer", "expires_in", 300, "id_token", idToken));
        } catch (JOSEException e) {
            throw new IOException(e);
        }
    }

    private static boolean isOurClient(HttpExchange exchange) {
        String header = exchange.getRequestHeaders().getFirst("Authorization");
        String basic = URLDecoder.decode(
                new String(Base64.getDecoder().decode(header.substring("Basic ".length())), StandardCharsets.UTF_8),
                StandardCharsets.UTF_8);
        return basic.equals(CLIENT + ":" + SECRET);
    }

    private static boolean fits(Map<String, String> form, Map<String, String> request) {
        return "authorization_code".equals(form.get("grant_type"))
                && request.get("redirect_uri").equals(form.get("redirect_uri"))
                && "S256".equals(request.get("code_challenge_method"))
                && request.get("code_challenge").equals(sha256(form.get("code_verifier")));
    }

    static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> parameters(String encoded) {
        return Arrays.stream(encoded.split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    private static void answer(HttpExchange exchange, int status, Map<String, Object> body) throws IOException {
        byte[] json = JsonMapper.shared().writeValueAsBytes(body);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, json.length);
        try (exchange) {
            exchange.getResponseBody().write(json);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
