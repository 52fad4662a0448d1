package app.veza.eventstore;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Makes any text safe in a subject token or a header value, reversibly. */
final class Escaping {
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private Escaping() {}

    /**
     * Letters, digits, {@code _} and {@code -} stand for themselves, every other byte of UTF-8 is {@code ~HH}; empty text is a lone
     * {@code ~}. Safe as a subject token, in a header, in JSON and beside {@code =} and {@code &}.
     */
    static String token(String text) {
        if (text.isEmpty()) {
            return "~";
        }
        for (int i = 0; i < text.length(); i++) {
            if (!plain(text.charAt(i))) {
                return escape(text, '~', true);
            }
        }
        return text;
    }

    static String fromToken(String token) {
        return token.equals("~") ? "" : unescape(token, '~');
    }

    /** Percent-encoding as CloudEvents' HTTP and NATS bindings demand it of header values. */
    static String header(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c > '~' || c == '"' || c == '%') {
                return escape(text, '%', false);
            }
        }
        return text;
    }

    static String fromHeader(String value) {
        return unescape(value, '%');
    }

    private static boolean plain(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
    }

    private static String escape(String text, char mark, boolean token) {
        byte[] utf8 = utf8(text);
        var out = new StringBuilder(utf8.length + 16);
        for (byte b : utf8) {
            char c = (char) (b & 0xff);
            boolean safe = token ? plain(c) : c > ' ' && c <= '~' && c != '"' && c != '%';
            if (safe) {
                out.append(c);
            } else {
                out.append(mark).append(HEX[c >> 4]).append(HEX[c & 15]);
            }
        }
        return out.toString();
    }

    private static String unescape(String text, char mark) {
        if (text.indexOf(mark) < 0) {
            return text;
        }
        byte[] out = new byte[text.length()];
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == mark) {
                out[length++] = (byte) Integer.parseInt(text, i + 1, i + 3, 16);
                i += 2;
            } else {
                out[length++] = (byte) c;
            }
        }
        return new String(out, 0, length, StandardCharsets.UTF_8);
    }

    /** @throws AppendFailure.Invalid for a lone surrogate */
    static int utf8Length(String text) {
        int length = text.length();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return utf8(text).length;
            }
        }
        return length;
    }

    /** A lone surrogate has no UTF-8: two different texts would become one, so it is refused. */
    static byte[] utf8(String text) {
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(java.nio.CharBuffer.wrap(text));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (CharacterCodingException e) {
            throw new AppendFailure.Invalid("text is not valid Unicode (a lone surrogate)");
        }
    }
}
