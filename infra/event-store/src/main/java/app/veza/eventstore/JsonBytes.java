package app.veza.eventstore;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** JSON as UTF-8, written straight into an array: an append of many events is encoded while its caller waits. */
final class JsonBytes {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes;
    private int size;

    JsonBytes(int capacity) {
        this.bytes = new byte[Math.max(64, capacity)];
    }

    int size() {
        return size;
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    void raw(char ascii) {
        ensure(1);
        bytes[size++] = (byte) ascii;
    }

    void raw(String ascii) {
        ensure(ascii.length());
        for (int i = 0; i < ascii.length(); i++) {
            bytes[size++] = (byte) ascii.charAt(i);
        }
    }

    void raw(byte[] json) {
        ensure(json.length);
        System.arraycopy(json, 0, bytes, size, json.length);
        size += json.length;
    }

    /** A string with its quotes. @param text without lone surrogates */
    void text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        ensure(2 + 6 * utf8.length);
        bytes[size++] = '"';
        if (isPlain(utf8)) {
            raw(utf8);
        } else {
            for (byte b : utf8) {
                escaped(b);
            }
        }
        bytes[size++] = '"';
    }

    private static boolean isPlain(byte[] utf8) {
        boolean plain = true;
        for (byte b : utf8) {
            plain &= (b < 0 || b >= ' ') && b != '"' && b != '\\';
        }
        return plain;
    }

    private void escaped(byte b) {
        if (b == '"' || b == '\\') {
            bytes[size++] = '\\';
            bytes[size++] = b;
        } else if (b >= 0 && b < ' ') {
            raw("\\u00");
            bytes[size++] = HEX[b >> 4];
            bytes[size++] = HEX[b & 15];
        } else {
            bytes[size++] = b;
        }
    }

    private void ensure(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
