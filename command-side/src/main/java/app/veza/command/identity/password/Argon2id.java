package app.veza.command.identity.password;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.BlockPool;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.FixedBlockPool;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** Argon2id (RFC 9106), version 19, written as a PHC string: {@code $argon2id$v=19$m=19456,t=2,p=1$salt$hash}. */
final class Argon2id {

    static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Pattern PHC = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,2}),p=(\\d{1,2})\\$([A-Za-z0-9+/]{11,88})\\$([A-Za-z0-9+/]{16,88})");

    /**
     * @param memoryKib of memory
     * @param passes over it
     * @param lanes that could be filled in parallel
     */
    record Cost(int memoryKib, int passes, int lanes) {

        /** OWASP's choice for the least memory that it recommends: 19 MiB. */
        static final Cost DEFAULT = new Cost(19 * 1024, 2, 1);
    }

    private Argon2id() {}

    /** Room for so many hashings at once, used again and again: what is filled anew each time would be as much garbage. */
    static BlockPool memory(Cost cost, int concurrent) {
        return new FixedBlockPool(concurrent * Argon2BytesGenerator.getBlockCount(cost.memoryKib(), cost.lanes()));
    }

    static String hash(String password, byte[] salt, Cost cost, BlockPool memory) {
        return write(salt, compute(password, salt, cost, HASH_BYTES, memory), cost);
    }

    /** What no password has, but by a chance of one in 2^256. */
    static String hashOfNone(Cost cost) {
        return write(random(SALT_BYTES), random(HASH_BYTES), cost);
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    private static String write(byte[] salt, byte[] hash, Cost cost) {
        var base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
                .formatted(
                        cost.memoryKib(),
                        cost.passes(),
                        cost.lanes(),
                        base64.encodeToString(salt),
                        base64.encodeToString(hash));
    }

    /**
     * Whether the password is the one hashed, at the cost that the hash names.
     *
     * @throws IllegalArgumentException when this is no such PHC string
     */
    static boolean verify(String password, String phc, BlockPool memory) {
        Matcher matcher = PHC.matcher(phc);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("Not a PHC string of Argon2id version 19");
        }
        var cost = new Cost(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)));
        byte[] salt = Base64.getDecoder().decode(matcher.group(4));
        byte[] expected = Base64.getDecoder().decode(matcher.group(5));
        return MessageDigest.isEqual(expected, compute(password, salt, cost, expected.length, memory));
    }

    private static byte[] compute(String password, byte[] salt, Cost cost, int length, BlockPool memory) {
        var parameters = new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(cost.memoryKib())
                .withIterations(cost.passes())
                .withParallelism(cost.lanes())
                .withSalt(salt)
                .withBlockPool(memory)
                .build();
        var generator = new Argon2BytesGenerator();
        generator.init(parameters);
        byte[] input = bytes(password);
        byte[] output = new byte[length];
        generator.generateBytes(input, output);
        Arrays.fill(input, (byte) 0);
        return output;
    }

    /** The same characters typed on another keyboard may come as other code points: NIST SP 800-63B asks for NFKC. */
    private static byte[] bytes(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFKC).getBytes(StandardCharsets.UTF_8);
    }
}
