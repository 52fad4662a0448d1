package app.veza.command.identity.openid;

import org.jspecify.annotations.Nullable;

/**
 * What a provider's ID token said of a person, verified.
 *
 * @param provider as the configuration calls it
 * @param email as the provider has it: here it is proved anew
 * @param username what they would like to be called
 */
public record ExternalAccount(
        String provider,
        String issuer,
        String subject,
        @Nullable String email,
        @Nullable String username,
        @Nullable String displayName) {

    /** Names one account at one provider: addresses and names change hands, this does not. */
    public String key() {
        return issuer + " " + subject;
    }

    /** Without what is personal. */
    @Override
    public String toString() {
        return "ExternalAccount[provider=%s]".formatted(provider);
    }
}
