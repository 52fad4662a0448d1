package app.veza.server.ratelimit;

import app.veza.stores.IpAddress;
import app.veza.stores.Network;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Whose request it is: the peer's, unless that is a proxy that is trusted to name who it speaks for. Read from the right, where the
 * nearest proxy wrote: the first address that is no trusted proxy's is the client's. What stands left of it anybody can have made up.
 */
@Component
final class ClientAddresses {

    private static final Pattern FOR =
            Pattern.compile("(?:^|;)\\s*for=(?:\"([^\"]*)\"|([^;\\s]*))", Pattern.CASE_INSENSITIVE);
    private static final Pattern PORT = Pattern.compile("(.*\\]|[^:\\]]*)(?::[0-9]{1,5})?");

    /** The headers that can be trusted, for a proxy that writes one lets the other pass as the client made it. */
    enum Header {
        X_FORWARDED_FOR("X-Forwarded-For"),
        FORWARDED("Forwarded");

        private final String name;

        Header(String name) {
            this.name = name;
        }

        String headerName() {
            return name;
        }
    }

    private final List<Network> proxies;
    private final Header header;

    ClientAddresses(
            @Value("${veza.http.trusted-proxies:}") List<String> proxies,
            @Value("${veza.http.forwarded-header:x-forwarded-for}") Header header) {
        this.proxies = Network.of("veza.http.trusted-proxies", proxies);
        this.header = header;
    }

    String headerName() {
        return header.headerName();
    }

    /** @param lines of the header, in their order */
    String of(String peer, List<String> lines) {
        if (!isProxy(peer)) {
            return peer;
        }
        String nearest = peer;
        List<String> hops = lines.stream()
                .flatMap(line -> Arrays.stream(line.split(",", -1)))
                .toList();
        for (String hop : hops.reversed()) {
            Optional<String> address = address(hop.strip());
            if (address.isEmpty()) {
                return nearest;
            }
            nearest = address.get();
            if (!isProxy(nearest)) {
                return nearest;
            }
        }
        return nearest;
    }

    private Optional<String> address(String hop) {
        String node = hop;
        if (header == Header.FORWARDED) {
            Matcher found = FOR.matcher(hop);
            if (!found.find()) {
                return Optional.empty();
            }
            node = Stream.of(found.group(1), found.group(2))
                    .filter(text -> text != null)
                    .findFirst()
                    .orElse("");
        }
        return IpAddress.parse(withoutPort(node)).map(InetAddress::getHostAddress);
    }

    private static String withoutPort(String node) {
        if (node.chars().filter(c -> c == ':').count() > 1 && !node.startsWith("[")) {
            return node;
        }
        Matcher parts = PORT.matcher(node);
        return parts.matches() ? parts.group(1).replace("[", "").replace("]", "") : "";
    }

    private boolean isProxy(String address) {
        return IpAddress.parse(address)
                .filter(parsed -> proxies.stream().anyMatch(network -> network.contains(parsed)))
                .isPresent();
    }
}
