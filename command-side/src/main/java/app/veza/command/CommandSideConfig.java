package app.veza.command;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Settings of the command side.
 *
 * @param platformKey secret of the whole platform, 32 bytes or more: command ids and fingerprints are HMACs under it, so it
 *     must outlive the log's memory of them
 * @param keysDirectory where the keys that sign access tokens lie; made when missing
 * @param issuer claim {@code iss} of access tokens
 * @param audience claim {@code aud} of access tokens
 * @param httpBase what clients write before an HTTP path, such as {@code https://veza.example}
 * @param playbackBase what listeners write before the path of a public stream, such as a CDN's address
 * @param gatewayBase what clients write before a path of the gateway, such as {@code wss://ws.veza.example}
 * @param accessTokenLife how long an access token is good
 * @param sessionLife how long a session can be refreshed at most
 * @param idleLife how long a session can go without being refreshed
 * @param signing when the keys of access tokens change
 * @param hashing room for password hashing
 */
public record CommandSideConfig(
        byte[] platformKey,
        Path keysDirectory,
        URI issuer,
        String audience,
        URI httpBase,
        URI playbackBase,
        URI gatewayBase,
        Duration accessTokenLife,
        Duration sessionLife,
        Duration idleLife,
        Signing signing,
        Hashing hashing) {

    public static final Duration DEFAULT_ACCESS_TOKEN_LIFE = Duration.ofMinutes(10);
    public static final Duration DEFAULT_SESSION_LIFE = Duration.ofDays(30);
    public static final Duration DEFAULT_IDLE_LIFE = Duration.ofDays(14);

    /**
     * When the keys of access tokens change.
     *
     * @param changedEvery how long one key signs
     * @param publishedBefore how long a key can be seen before it signs: who verifies tokens must look at least that often
     */
    public record Signing(Duration changedEvery, Duration publishedBefore) {

        public static final Signing DEFAULT = new Signing(Duration.ofDays(90), Duration.ofMinutes(10));

        public Signing {
            require(publishedBefore.isPositive(), "signing.publishedBefore must be positive");
            require(
                    changedEvery.compareTo(publishedBefore) > 0,
                    "signing.changedEvery must be longer than signing.publishedBefore");
        }
    }

    /**
     * Limits of password hashing, which costs some 50 ms of a core and 19 MiB each time.
     *
     * @param concurrent hashings at once
     * @param waiting how many more may wait; further ones are turned away at once
     * @param maxWait how long one waits, hashing included
     */
    public record Hashing(int concurrent, int waiting, Duration maxWait) {

        /** Half of the cores at most: the others are everybody else's. */
        public static final Hashing DEFAULT =
                new Hashing(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), 64, Duration.ofSeconds(10));

        public Hashing {
            require(concurrent >= 1, "hashing.concurrent must be 1 or more");
            require(waiting >= 1, "hashing.waiting must be 1 or more");
            require(maxWait.isPositive(), "hashing.maxWait must be positive");
        }
    }

    public CommandSideConfig {
        require(platformKey.length >= 32, "platformKey must have 32 bytes or more");
        require(issuer.isAbsolute(), "issuer must be an absolute URI");
        require(!audience.isBlank(), "audience must have characters");
        require(hasScheme(httpBase, "http", "https"), "httpBase must be an absolute http or https URI");
        require(hasScheme(playbackBase, "http", "https"), "playbackBase must be an absolute http or https URI");
        require(hasScheme(gatewayBase, "ws", "wss"), "gatewayBase must be an absolute ws or wss URI");
        require(accessTokenLife.isPositive(), "accessTokenLife must be positive");
        require(sessionLife.compareTo(accessTokenLife) >= 0, "sessionLife must not be shorter than accessTokenLife");
        require(idleLife.compareTo(accessTokenLife) >= 0, "idleLife must not be shorter than accessTokenLife");
        platformKey = platformKey.clone();
    }

    /** With the default lifetimes and limits. */
    public static CommandSideConfig of(
            byte[] platformKey, Path keysDirectory, URI issuer, String audience, URI httpBase, URI gatewayBase) {
        return new CommandSideConfig(
                platformKey,
                keysDirectory,
                issuer,
                audience,
                httpBase,
                httpBase,
                gatewayBase,
                DEFAULT_ACCESS_TOKEN_LIFE,
                DEFAULT_SESSION_LIFE,
                DEFAULT_IDLE_LIFE,
                Signing.DEFAULT,
                Hashing.DEFAULT);
    }

    @Override
    public byte[] platformKey() {
        return platformKey.clone();
    }

    /** Without the key: it must not reach a log. */
    @Override
    public String toString() {
        return "CommandSideConfig[keysDirectory=%s, issuer=%s, audience=%s, httpBase=%s, gatewayBase=%s]"
                .formatted(keysDirectory, issuer, audience, httpBase, gatewayBase);
    }

    private static boolean hasScheme(URI uri, String plain, String secure) {
        return uri.getHost() != null && (plain.equals(uri.getScheme()) || secure.equals(uri.getScheme()));
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException("Command side: " + otherwise);
        }
    }
}
