package app.veza.server.ratelimit;

import java.net.InetAddress;

/** Addresses that begin with the same bits, written {@code 10.0.0.0/8}; an address alone is a network of one. */
record Network(byte[] address, int bits) {

    static Network of(String text) {
        String[] parts = text.strip().split("/", 2);
        byte[] address = IpAddress.parse(parts[0])
                .map(InetAddress::getAddress)
                .orElseThrow(() -> new IllegalArgumentException(
                        "veza.http.trusted-proxies takes networks such as 10.0.0.0/8, not '" + text + "'"));
        int bits = parts.length == 1 ? address.length * 8 : bits(parts[1], text);
        if (bits > address.length * 8) {
            throw new IllegalArgumentException("veza.http.trusted-proxies: '" + text + "' has too many bits");
        }
        return new Network(address, bits);
    }

    private static int bits(String number, String text) {
        if (!number.matches("[0-9]{1,3}")) {
            throw new IllegalArgumentException("veza.http.trusted-proxies: '" + text + "' has no number of bits");
        }
        return Integer.parseInt(number);
    }

    boolean contains(InetAddress other) {
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
