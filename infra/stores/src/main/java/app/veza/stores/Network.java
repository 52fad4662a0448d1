package app.veza.stores;

import java.net.InetAddress;
import java.util.List;

/** Addresses that begin with the same bits, written {@code 10.0.0.0/8}; an address alone is a network of one. */
public record Network(byte[] address, int bits) {

    /** @throws IllegalArgumentException when it is none */
    public static Network of(String text) {
        String[] parts = text.strip().split("/", 2);
        byte[] address = IpAddress.parse(parts[0])
                .map(InetAddress::getAddress)
                .orElseThrow(() -> new IllegalArgumentException("Networks are such as 10.0.0.0/8, not '" + text + "'"));
        int bits = parts.length == 1 ? address.length * 8 : bits(parts[1], text);
        if (bits > address.length * 8) {
            throw new IllegalArgumentException("The network '" + text + "' has too many bits");
        }
        return new Network(address, bits);
    }

    /**
     * @param setting that they were read from
     * @throws IllegalArgumentException naming the setting, when one of them is none
     */
    public static List<Network> of(String setting, List<String> texts) {
        try {
            return texts.stream().map(Network::of).toList();
        } catch (IllegalArgumentException none) {
            throw new IllegalArgumentException(setting + ": " + none.getMessage(), none);
        }
    }

    private static int bits(String number, String text) {
        if (!number.matches("[0-9]{1,3}")) {
            throw new IllegalArgumentException("The network '" + text + "' has no number of bits");
        }
        return Integer.parseInt(number);
    }

    public boolean contains(InetAddress other) {
        byte[] bytes = other.getAddress();
        if (bytes.length != address.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((bytes[bit / 8] & mask) != (address[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }
}
