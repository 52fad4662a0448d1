package app.veza.embedded;

import java.security.SecureRandom;

/** Generated secrets: letters and digits only, so that they need no escaping in URLs, SQL and configuration files. */
final class Secrets {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    /** 32 characters of 62: 190 bits. */
    private static final int LENGTH = 32;

    private static final SecureRandom RANDOM = new SecureRandom();

    private Secrets() {}

    static String generate() {
        return RANDOM.ints(LENGTH, 0, ALPHABET.length())
                // A leading letter: a configuration parser must not take it for a number
                .collect(() -> new StringBuilder("v"), (s, i) -> s.append(ALPHABET.charAt(i)), StringBuilder::append)
                .toString();
    }
}
