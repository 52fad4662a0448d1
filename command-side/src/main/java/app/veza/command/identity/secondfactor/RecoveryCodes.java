package app.veza.command.identity.secondfactor;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Ten codes that stand in for those of a lost device.
 *
 * @param codes as they are shown, once: 24 letters and digits that are not mistaken for each other, 120 random bits
 */
public record RecoveryCodes(List<String> codes) {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz023456789";
    private static final int COUNT = 10;
    private static final int GROUPS = 6;
    private static final int GROUP = 4;

    public static RecoveryCodes create() {
        return new RecoveryCodes(
                Stream.generate(RecoveryCodes::code).limit(COUNT).toList());
    }

    /** All that is kept of them. So many random bits need neither a slow hash nor a salt; those of codes issued once had 80. */
    public String hashes() {
        return codes.stream().map(RecoveryCodes::hash).collect(Collectors.joining(" "));
    }

    private static String code() {
        return Stream.generate(RecoveryCodes::group).limit(GROUPS).collect(Collectors.joining("-"));
    }

    private static String group() {
        return RANDOM.ints(GROUP, 0, ALPHABET.length())
                .mapToObj(ALPHABET::charAt)
                .map(String::valueOf)
                .collect(Collectors.joining());
    }

    /** SHA-256, base64url; of a code as people type it. */
    static String hash(String typed) {
        String code = typed.replaceAll("[\\s-]", "").toLowerCase(Locale.ROOT);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(code.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** Without the codes. */
    @Override
    public String toString() {
        return "RecoveryCodes[]";
    }
}
