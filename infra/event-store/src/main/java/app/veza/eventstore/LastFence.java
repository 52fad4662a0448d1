package app.veza.eventstore;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Whose fence stands last in the log.
 *
 * @param hash of the log up to and with it
 */
record LastFence(String node, byte[] hash) {
    byte[] encode() {
        byte[] name = node.getBytes(StandardCharsets.US_ASCII);
        byte[] value = Arrays.copyOf(hash, Chain.LENGTH + name.length);
        System.arraycopy(name, 0, value, Chain.LENGTH, name.length);
        return value;
    }

    static LastFence decode(byte[] value) {
        return new LastFence(
                new String(value, Chain.LENGTH, value.length - Chain.LENGTH, StandardCharsets.US_ASCII),
                Arrays.copyOf(value, Chain.LENGTH));
    }
}
