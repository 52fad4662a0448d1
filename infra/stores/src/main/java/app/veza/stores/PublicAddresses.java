package app.veza.stores;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses are the public internet's: what the registries of special addresses (RFC 6890 and those that followed) keep for
 * something else is none, and of IPv6 only what is handed out (2000::/3) is.
 */
final class PublicAddresses {

    private static final List<Network> SPECIAL = Stream.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/4",
                    "240.0.0.0/4",
                    // protocols' own, Teredo and ORCHID among them
                    "2001::/23",
                    "2001:db8::/32",
                    // 6to4: whatever IPv4 address it stands for
                    "2002::/16",
                    "3fff::/20")
            .map(Network::of)
            .toList();

    private static final Network HANDED_OUT = Network.of("2000::/3");

    /** Where a network without IPv4 finds it: it stands for the IPv4 address in its last four bytes. */
    private static final Network NAT64 = Network.of("64:ff9b::/96");

    private static final int V4_IN_NAT64 = 12;

    private PublicAddresses() {}

    static boolean contain(InetAddress address) {
        if (NAT64.contains(address)) {
            return contain(v4Within(address));
        }
        return (!(address instanceof Inet6Address) || HANDED_OUT.contains(address))
                && SPECIAL.stream().noneMatch(network -> network.contains(address));
    }

    private static InetAddress v4Within(InetAddress nat64) {
        byte[] bytes = nat64.getAddress();
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, V4_IN_NAT64, bytes.length));
        } catch (UnknownHostException never) {
            throw new IllegalStateException("Four bytes are an address", never);
        }
    }
}
