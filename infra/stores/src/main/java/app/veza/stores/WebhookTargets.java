package app.veza.stores;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Where webhooks may be sent to: nowhere that only this machine, or its neighbours, can reach. A name is looked up when it is checked and
 * again for each connection, which is then made to the very addresses that were found good: what a name says in between does not matter.
 */
public final class WebhookTargets {

    private static final int LONGEST = 2_000;

    /** Each may take as long as a connection may. */
    private static final int MOST_ADDRESSES = 3;

    private static final int HTTP = 80;
    private static final int HTTPS = 443;
    private static final int FIRST_UNPRIVILEGED = 1_024;
    private static final int LAST_PORT = 65_535;

    /** The same for what does not exist: nobody learns from it which names are known within. */
    private static final String NOT_PUBLIC = "must name a host that is found on the public internet";

    private final WebhookConfig config;
    private final Names names;

    /** What names stand for. */
    @FunctionalInterface
    public interface Names {

        /** @throws UnknownHostException also when it cannot be found out now */
        InetAddress[] of(String host) throws UnknownHostException;
    }

    public WebhookTargets(WebhookConfig config, Names names) {
        this.config = config;
        this.names = names;
    }

    /** What is wrong with an address, in words for who wrote it; empty when it may be sent to. Looks its name up, so it may take seconds. */
    public Optional<String> fault(String url) {
        Optional<String> misshapen = shapeFault(url);
        if (misshapen.isPresent()) {
            return misshapen;
        }
        try {
            addresses(URI.create(url).getHost());
            return Optional.empty();
        } catch (UnknownHostException notPublic) {
            return Optional.of(NOT_PUBLIC);
        }
    }

    private Optional<String> shapeFault(String url) {
        if (url.length() > LONGEST) {
            return Optional.of("must not exceed " + LONGEST + " characters");
        }
        URI parsed;
        try {
            parsed = new URI(url);
        } catch (URISyntaxException none) {
            return Optional.of("must be a URL: what is special in it is percent-encoded");
        }
        if (!url.chars().allMatch(c -> c < 0x80)) {
            return Optional.of("must be ASCII: a name of other letters begins with xn--, the rest is percent-encoded");
        }
        String scheme = parsed.getScheme();
        boolean isPlain = "http".equalsIgnoreCase(scheme);
        if (!"https".equalsIgnoreCase(scheme) && !(isPlain && config.allowHttp())) {
            return Optional.of(config.allowHttp() ? "must begin with https:// or http://" : "must begin with https://");
        }
        if (parsed.getHost() == null) {
            return Optional.of("must name a host, such as https://hooks.example/veza");
        }
        if (parsed.getRawUserInfo() != null) {
            return Optional.of("must not have a user name: deliveries are signed");
        }
        if (parsed.getRawFragment() != null) {
            return Optional.of("must not have a part behind #: it is sent to nobody");
        }
        return isPortAllowed(parsed.getPort(), isPlain ? HTTP : HTTPS)
                ? Optional.empty()
                : Optional.of("must have no port, or one from " + FIRST_UNPRIVILEGED + " to " + LAST_PORT);
    }

    /** Below 1,024 are mail, shells and the like, which take a request for words of their own. */
    private static boolean isPortAllowed(int port, int usual) {
        return port == -1 || port == usual || (port >= FIRST_UNPRIVILEGED && port <= LAST_PORT);
    }

    /**
     * What a host stands for, if it may be connected to: all of it was looked at, and the first are tried.
     *
     * @param host as a URL has it: a name, or an address, one of IPv6 in brackets
     * @throws UnknownHostException when one of its addresses may not, as when it has none
     */
    List<InetAddress> addresses(String host) throws UnknownHostException {
        InetAddress[] found = names.of(host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
        if (found.length == 0 || !Arrays.stream(found).allMatch(this::isAllowed)) {
            throw new UnknownHostException(NOT_PUBLIC);
        }
        return Arrays.stream(found).limit(MOST_ADDRESSES).toList();
    }

    private boolean isAllowed(InetAddress address) {
        return PublicAddresses.contain(address)
                || config.allowedNetworks().stream().anyMatch(network -> network.contains(address));
    }
}
