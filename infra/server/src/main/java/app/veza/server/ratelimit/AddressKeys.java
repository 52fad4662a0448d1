package app.veza.server.ratelimit;

import app.veza.server.node.Hmac;
import app.veza.stores.IpAddress;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * What an address is called in Redis: a keyed hash, for an address is personal. One IPv6 customer has at least a /64, so that is one
 * address here.
 */
public final class AddressKeys {

    private static final int CUSTOMER_BYTES = 8;
    private static final int KEPT_BYTES = 16;

    private final Hmac hmac;

    public AddressKeys(byte[] key) {
        this.hmac = new Hmac(key);
    }

    public String of(String address) {
        byte[] hash = hmac.of("address", customerBytes(address));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, KEPT_BYTES));
    }

    /** Whose an address is, for what stays in memory. */
    static String customer(String address) {
        return HexFormat.of().formatHex(customerBytes(address));
    }

    private static byte[] customerBytes(String address) {
        return IpAddress.parse(address)
                .map(AddressKeys::customerBytes)
                .orElseGet(() -> address.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] customerBytes(InetAddress address) {
        byte[] bytes = address.getAddress();
        return address instanceof Inet6Address ? Arrays.copyOf(bytes, CUSTOMER_BYTES) : bytes;
    }
}
