package app.veza.server.openid;

import org.jspecify.annotations.Nullable;

/**
 * A sign-in that a browser was sent away with. Its {@code state} is the code under which it lies sealed.
 *
 * @param browser what the cookie of that browser holds
 * @param nonce that the ID token must bear
 * @param verifier of our challenge to the provider (PKCE)
 * @param challenge of the program that began it, whose verifier must come with the result; null: it set none
 */
record Attempt(
        String provider,
        String browser,
        String nonce,
        String verifier,
        @Nullable String challenge) {

    /** Without what is secret. */
    @Override
    public String toString() {
        return "Attempt[provider=%s]".formatted(provider);
    }
}
