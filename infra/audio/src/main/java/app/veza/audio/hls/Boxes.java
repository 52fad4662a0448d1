package app.veza.audio.hls;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Boxes of ISO/IEC 14496-12. */
final class Boxes {

    static final int HEADER_BYTES = 8;

    private Boxes() {}

    /** @param content without size and type */
    record Box(String type, byte[] content) {

        List<Box> children() {
            return parse(content);
        }

        Optional<Box> child(String childType) {
            return children().stream()
                    .filter(box -> box.type().equals(childType))
                    .findFirst();
        }

        Box require(String childType) {
            return child(childType).orElseThrow(() -> new IllegalArgumentException(type + " has no " + childType));
        }

        ByteBuffer buffer() {
            return ByteBuffer.wrap(content);
        }

        byte[] bytes() {
            return box(type, content);
        }
    }

    static List<Box> parse(byte[] bytes) {
        var boxes = new ArrayList<Box>();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        while (in.remaining() >= HEADER_BYTES) {
            int start = in.position();
            int size = in.getInt();
            byte[] type = new byte[4];
            in.get(type);
            if (size < HEADER_BYTES || size > bytes.length - start) {
                throw new IllegalArgumentException("A box of " + size + " bytes in " + (bytes.length - start));
            }
            boxes.add(new Box(
                    new String(type, StandardCharsets.ISO_8859_1),
                    Arrays.copyOfRange(bytes, start + HEADER_BYTES, start + size)));
            in.position(start + size);
        }
        return boxes;
    }

    static byte[] box(String type, byte[]... contents) {
        int size = HEADER_BYTES;
        for (byte[] content : contents) {
            size += content.length;
        }
        ByteBuffer out = ByteBuffer.allocate(size).putInt(size).put(type.getBytes(StandardCharsets.ISO_8859_1));
        for (byte[] content : contents) {
            out.put(content);
        }
        return out.array();
    }

    static byte[] joined(List<byte[]> pieces) {
        ByteBuffer out = ByteBuffer.allocate(
                pieces.stream().mapToInt(piece -> piece.length).sum());
        pieces.forEach(out::put);
        return out.array();
    }
}
