package app.veza.command.identity.token;

import app.veza.command.CommandSideConfig;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * The keys of access tokens, as they stand in files that all nodes share. A key is published some time before it signs, signs until the
 * next one does, and verifies until the last token that it signed has expired; then its file goes. All of that follows from the files
 * and the time, so nodes agree without talking.
 */
@Component
public final class SigningKeys {

    /** Clocks of nodes differ by less. */
    private static final Duration MARGIN = Duration.ofMinutes(1);

    private static final Duration BETWEEN_RELOADS = Duration.ofMillis(250);

    private final SigningKeyFiles files;
    private final CommandSideConfig.Signing rules;
    private final Duration tokenLife;
    private final InstantSource clock;
    private final AtomicLong lastReload = new AtomicLong(System.nanoTime() - BETWEEN_RELOADS.toNanos() - 1);
    private volatile List<SigningKey> known;
    private volatile JWKSet published;

    @Autowired
    public SigningKeys(CommandSideConfig config, InstantSource clock) {
        this.files = new SigningKeyFiles(config.keysDirectory());
        this.rules = config.signing();
        this.tokenLife = config.accessTokenLife();
        this.clock = clock;
        Instant now = clock.instant();
        know(files.change(keys -> keys.isEmpty() ? List.of(SigningKey.generate(now, now)) : keys));
    }

    /**
     * A key that was made.
     *
     * @param signsFrom when it signs; until then it is published
     */
    public record Rotated(String keyId, Instant signsFrom) {}

    /** The key that signs, with its private part. */
    SigningKey current() {
        Instant now = clock.instant();
        List<SigningKey> keys = known;
        return keys.reversed().stream()
                .filter(key -> !now.isBefore(key.signsFrom()))
                .findFirst()
                .orElseGet(keys::getFirst);
    }

    /** All keys that verify and those that are about to sign, without any private part. */
    public JWKSet publicKeys() {
        return published;
    }

    /** Whether tokens with this key are still to be believed. */
    public boolean isKnown(String keyId) {
        return published.getKeyByKeyId(keyId) != null;
    }

    /** Reads again what is there: other nodes make keys too. */
    public void reload() {
        know(files.read());
    }

    /** The same for who met a key that is not known here, which anybody can make up: not more often than is good for the disk. */
    public void reloadForUnknown() {
        long now = System.nanoTime();
        long last = lastReload.get();
        if (now - last > BETWEEN_RELOADS.toNanos() && lastReload.compareAndSet(last, now)) {
            reload();
        }
    }

    /** Makes the next key in time, and lets go of those whose tokens have all expired. To be called again and again, by every node. */
    public void keepUp() {
        reload();
        Instant now = clock.instant();
        if (isNextDue(known, now) || !retired(known, now).isEmpty()) {
            know(files.change(keys -> {
                List<SigningKey> past = retired(keys, now);
                Stream<SigningKey> kept = keys.stream().filter(key -> !past.contains(key));
                return isNextDue(keys, now) ? with(kept, next(now)) : kept.toList();
            }));
        }
    }

    /** Makes the next key now, which signs once everybody knows it. When one is already waiting to sign, that one is it. */
    public Rotated rotate() {
        Instant now = clock.instant();
        know(files.change(keys -> now.isBefore(keys.getLast().signsFrom()) ? keys : with(keys.stream(), next(now))));
        return newest();
    }

    /** For when a key was stolen: a new one signs at once, and no token of the others is believed any more. */
    public Rotated replaceAll() {
        Instant now = clock.instant();
        know(files.change(keys -> List.of(SigningKey.generate(now, now))));
        return newest();
    }

    /** How long others may remember what is published: not so long that they miss a key before it signs. */
    Duration rememberedFor() {
        return rules.publishedBefore().dividedBy(2);
    }

    private Rotated newest() {
        SigningKey newest = known.getLast();
        return new Rotated(newest.id(), newest.signsFrom());
    }

    private void know(List<SigningKey> keys) {
        if (keys.isEmpty()) {
            throw new IllegalStateException("The files of all signing keys were taken away: start the node again");
        }
        published =
                new JWKSet(keys.reversed().stream().<JWK>map(SigningKey::jwk).toList()).toPublicJWKSet();
        known = keys;
    }

    private boolean isNextDue(List<SigningKey> keys, Instant now) {
        Instant due = keys.getLast().signsFrom().plus(rules.changedEvery()).minus(rules.publishedBefore());
        return !now.isBefore(due);
    }

    private SigningKey next(Instant now) {
        return SigningKey.generate(now, now.plus(rules.publishedBefore()));
    }

    /** Those whose successor has been signing for longer than a token lives. */
    private List<SigningKey> retired(List<SigningKey> keys, Instant now) {
        return IntStream.range(0, keys.size() - 1)
                .filter(i ->
                        keys.get(i + 1).signsFrom().plus(tokenLife).plus(MARGIN).isBefore(now))
                .mapToObj(keys::get)
                .toList();
    }

    private static List<SigningKey> with(Stream<SigningKey> keys, SigningKey more) {
        return Stream.concat(keys, Stream.of(more)).toList();
    }
}
