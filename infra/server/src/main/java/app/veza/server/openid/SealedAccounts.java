package app.veza.server.openid;

import app.veza.command.identity.openid.ExternalAccount;
import app.veza.command.identity.openid.ProvenAccounts;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Proven accounts in Redis, sealed. */
final class SealedAccounts implements ProvenAccounts {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final SealedOnce sealed;

    SealedAccounts(SealedOnce sealed) {
        this.sealed = sealed;
    }

    /** @param challenge base64url of the SHA-256 of what must come with the code; null: nothing must */
    private record Proven(ExternalAccount account, @Nullable String challenge) {}

    /** Returns the code. */
    String put(ExternalAccount account, @Nullable String challenge) {
        return sealed.put(JSON.writeValueAsString(new Proven(account, challenge)));
    }

    @Override
    public Optional<ExternalAccount> look(String code, @Nullable String verifier) {
        return sealed.look(code)
                .map(text -> JSON.readValue(text, Proven.class))
                .filter(proven -> isAnswered(proven.challenge(), verifier))
                .map(Proven::account);
    }

    @Override
    public boolean take(String code) {
        return sealed.take(code).isPresent();
    }

    /** A verifier without a challenge is refused too (RFC 9700, section 2.1.1): the code comes from a sign-in that somebody else began. */
    private static boolean isAnswered(@Nullable String challenge, @Nullable String verifier) {
        return challenge == null ? verifier == null : verifier != null && isChallengeOf(challenge, verifier);
    }

    private static boolean isChallengeOf(String challenge, String verifier) {
        return MessageDigest.isEqual(
                challenge.getBytes(StandardCharsets.UTF_8),
                Pkce.challengeOf(verifier).getBytes(StandardCharsets.UTF_8));
    }
}
