package app.veza.query.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Function;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is asked for. A cursor is the key of the last item shown, with a checksum over it and over the list
 * it belongs to: one that was damaged, or comes from another list, is refused rather than misread. It protects nothing; who
 * forges one gets a page of what they may see anyway.
 */
public final class Page {

    public static final String DEFAULT_LIMIT = "50";

    private static final int MAX_LIMIT = 100;
    private static final int CHECKSUM_BYTES = Integer.BYTES;

    private final String list;
    private final int limit;
    private final @Nullable String after;

    private Page(String list, int limit, @Nullable String after) {
        this.list = list;
        this.limit = limit;
        this.after = after;
    }

    /**
     * @param list names the list and whatever filters it, so that cursors of two lists are told apart
     * @throws org.springframework.web.ErrorResponseException 400 naming the parameter that is wrong
     */
    public static Page of(String list, int limit, @Nullable String cursor) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw Problems.malformed("limit", "A limit is from 1 to " + MAX_LIMIT + ".");
        }
        return new Page(list, limit, cursor == null ? null : key(list, cursor));
    }

    public int limit() {
        return limit;
    }

    /** How many rows to ask the database for: one more than shown tells whether there is a next page. */
    public int fetch() {
        return limit + 1;
    }

    /** Key after which this page begins, parsed; {@code first} on the first page. */
    public <K> K after(Function<String, K> parse, K first) {
        try {
            return after == null ? first : parse.apply(after);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw foreign();
        }
    }

    /** Whether this is not the first page. */
    public boolean continued() {
        return after != null;
    }

    String cursorAfter(String key) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        ByteBuffer cursor = ByteBuffer.allocate(CHECKSUM_BYTES + bytes.length);
        cursor.putInt(checksum(list, bytes)).put(bytes);
        return encode(cursor.array());
    }

    private static String key(String list, String cursor) {
        byte[] decoded = decode(cursor);
        if (decoded.length < CHECKSUM_BYTES) {
            throw foreign();
        }
        ByteBuffer bytes = ByteBuffer.wrap(decoded);
        int checksum = bytes.getInt();
        byte[] key = new byte[bytes.remaining()];
        bytes.get(key);
        if (checksum != checksum(list, key)) {
            throw foreign();
        }
        String text = new String(key, StandardCharsets.UTF_8);
        if (text.indexOf('\0') >= 0) {
            // no list has such a key, and PostgreSQL takes none
            throw foreign();
        }
        return text;
    }

    private static byte[] decode(String cursor) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(cursor);
            // the decoder overlooks padding and stray bits at the end
            if (encode(bytes).equals(cursor)) {
                return bytes;
            }
            throw foreign();
        } catch (IllegalArgumentException e) {
            throw foreign();
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static RuntimeException foreign() {
        return Problems.malformed("cursor", "A cursor is the nextCursor of the same list, unchanged.");
    }

    private static int checksum(String list, byte[] key) {
        CRC32 checksum = new CRC32();
        checksum.update(list.getBytes(StandardCharsets.UTF_8));
        checksum.update(0);
        checksum.update(key);
        return (int) checksum.getValue();
    }
}
