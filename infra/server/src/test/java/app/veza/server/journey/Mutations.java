package app.veza.server.journey;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Bytes changed, lost, doubled and put in, with a taste for those that mean something. */
final class Mutations {

    private static final byte[] TASTY = "\"'{}[],:;\\/\0\t\n\r %&=<>\u007f.-+0eE".getBytes(ISO_8859_1);

    private final Random random;

    Mutations(Random random) {
        this.random = random;
    }

    byte[] of(byte[] valid) {
        List<Byte> bytes = new ArrayList<>();
        for (byte b : valid) {
            bytes.add(b);
        }
        for (int change = random.nextInt(4); change >= 0; change--) {
            mutate(bytes);
        }
        byte[] mutated = new byte[bytes.size()];
        for (int i = 0; i < mutated.length; i++) {
            mutated[i] = bytes.get(i);
        }
        return mutated;
    }

    private void mutate(List<Byte> bytes) {
        int at = random.nextInt(bytes.size() + 1);
        switch (random.nextInt(5)) {
            case 0 -> bytes.add(at, TASTY[random.nextInt(TASTY.length)]);
            case 1 -> bytes.add(at, (byte) random.nextInt(256));
            case 2 ->
                bytes.subList(at, Math.min(bytes.size(), at + 1 + random.nextInt(8)))
                        .clear();
            case 3 -> {
                if (at < bytes.size()) {
                    bytes.set(at, (byte) (bytes.get(at) ^ (1 << random.nextInt(8))));
                }
            }
            default -> bytes.addAll(at, List.copyOf(bytes.subList(0, at)));
        }
    }
}
