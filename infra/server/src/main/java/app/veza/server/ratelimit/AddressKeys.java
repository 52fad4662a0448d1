package app.veza.server.ratelimit;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What an address is called in Redis: a keyed hash, for an address is personal. One IPv6 customer has at least a /64, so that is one
 * address here.
 */
public final class AddressKeys {

    private static final String MAC = "HmacSHA256";
    private static final int CUSTOMER_BYTES = 8;
    private static final int KEPT_BYTES = 16;

    private final SecretKeySpec key;

    public AddressKeys(byte[] key) {
        this.key = new SecretKeySpec(key, MAC);
    }

    public String of(String address) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(key);
            byte[] hash = mac.doFinal(customerBytes(address));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, KEPT_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(MAC + " is part of every Java platform", e);
        }
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
