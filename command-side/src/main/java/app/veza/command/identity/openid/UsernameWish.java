package app.veza.command.identity.openid;

import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Makes usernames out of what a provider says of a person. */
public final class UsernameWish {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int LEAST = 3;

    /** Leaves room for what makes it free: 32 at most. */
    private static final int MOST = 24;

    private UsernameWish() {}

    /** Candidates, best first; the last ones are somebody else's only by a miracle. */
    public static List<String> of(ExternalAccount account) {
        String wish = account.username() != null ? account.username() : mailbox(account);
        return candidates(wish, RANDOM);
    }

    static List<String> candidates(String wish, RandomGenerator random) {
        String plain = Normalizer.normalize(wish, Normalizer.Form.NFKD)
                .replaceAll("\\p{M}", "")
                .replaceAll("[^A-Za-z0-9._-]+", "-")
                .replaceAll("^[._-]+|[._-]+$", "");
        String base = plain.substring(0, Math.min(plain.length(), MOST));
        String name = base.length() < LEAST ? "user" : base;
        Set<String> names = new LinkedHashSet<>();
        if (base.length() >= LEAST) {
            names.add(name);
        }
        names.add(name + "-" + random.nextInt(2, 100));
        names.add("%s-%06d".formatted(name, random.nextInt(1_000_000)));
        names.add(
                "user-%s".formatted(Long.toString(random.nextLong(1L << 50), 36).toLowerCase(Locale.ROOT)));
        return List.copyOf(names);
    }

    private static String mailbox(ExternalAccount account) {
        return account.email() == null ? "" : account.email().replaceAll("@.*", "");
    }
}
