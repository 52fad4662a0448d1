package app.veza.server.journey;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Access tokens as a forger makes them, by what he can know and, for those that are only out of date, by our own key. */
final class Tokens {

    private final RSAKey ours;
    private final SignedJWT real;
    private final JWTClaimsSet claims;

    Tokens(Path keys, String accessToken) {
        try (Stream<Path> files = Files.list(keys)) {
            this.real = SignedJWT.parse(accessToken);
            this.claims = real.getJWTClaimsSet();
            Path key = files.filter(file -> file.toString().endsWith(".jwk.json"))
                    .findFirst()
                    .orElseThrow();
            this.ours = RSAKey.parse(Files.readString(key));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (ParseException failure) {
            throw new IllegalStateException(failure);
        }
    }

    String good() {
        return signed(real.getHeader(), claims, signer(ours));
    }

    /** By why they must be refused. */
    Map<String, String> forged() {
        Map<String, String> forged = new LinkedHashMap<>();
        String[] parts = real.serialize().split("\\.");
        forged.put("no signature", new PlainJWT(claims).serialize());
        forged.put("alg none", header("{\"alg\":\"none\"}") + "." + parts[1] + ".");
        forged.put("alg nOnE", header("{\"alg\":\"nOnE\"}") + "." + parts[1] + "." + parts[2]);
        forged.put("another signature", parts[0] + "." + parts[1] + "." + parts[2].substring(2) + "AA");
        forged.put("a changed claim", parts[0] + "." + admin() + "." + parts[2]);
        forged.put("HS256 by the public key", hmac());
        RSAKey own = ownKey();
        forged.put("another key of the same name", signed(real.getHeader(), claims, signer(own)));
        forged.put(
                "a key that the token brings along",
                signed(header().jwk(own.toPublicJWK()).build(), claims, signer(own)));
        forged.put(
                "a key that is to be fetched",
                signed(header().jwkURL(URI.create("http://127.0.0.1:9/k")).build(), claims, signer(own)));
        for (String kid :
                new String[] {"../../../../dev/null", "' OR 1=1 --", "", "x".repeat(3_000), "http://127.0.0.1:9/k"}) {
            forged.put("kid " + kid, signed(header().keyID(kid).build(), claims, signer(own)));
        }
        Instant now = Instant.now();
        forged.put("expired", ours(change().expirationTime(at(now.minus(Duration.ofMinutes(5))))));
        forged.put("without an end", ours(change().expirationTime(null)));
        forged.put("not yet valid", ours(change().notBeforeTime(at(now.plus(Duration.ofHours(1))))));
        forged.put("another issuer", ours(change().issuer("https://elsewhere.example")));
        forged.put("another audience", ours(change().audience("elsewhere")));
        forged.put("no token at all", "'; DROP TABLE sessions; --");
        forged.put("three dots", "...");
        return forged;
    }

    private JWTClaimsSet.Builder change() {
        return new JWTClaimsSet.Builder(claims);
    }

    private String ours(JWTClaimsSet.Builder changed) {
        return signed(real.getHeader(), changed.build(), signer(ours));
    }

    private String admin() {
        return text(change().claim("roles", java.util.List.of("admin")).build().toString());
    }

    private String hmac() {
        try {
            return signed(
                    new JWSHeader.Builder(JWSAlgorithm.HS256)
                            .type(JOSEObjectType.JWT)
                            .keyID(real.getHeader().getKeyID())
                            .build(),
                    claims,
                    new MACSigner(ours.toRSAPublicKey().getEncoded()));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Date at(Instant instant) {
        return Date.from(instant);
    }

    private static JWSHeader.Builder header() {
        return new JWSHeader.Builder(JWSAlgorithm.RS256).type(JOSEObjectType.JWT);
    }

    private static String header(String json) {
        return text(json);
    }

    private static String text(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static RSAKey ownKey() {
        try {
            return new RSAKeyGenerator(2048).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JWSSigner signer(RSAKey key) {
        try {
            return new RSASSASigner(key);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String signed(JWSHeader header, JWTClaimsSet claims, JWSSigner signer) {
        try {
            SignedJWT token = new SignedJWT(header, claims);
            token.sign(signer);
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
