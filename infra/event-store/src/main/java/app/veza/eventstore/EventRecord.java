package app.veza.eventstore;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An event in the index: {@code sequence(8) chain hash(32)} and then what the append alone knows. Compact and quick to
 * decode; it is no interchange format, the log is.
 */
final class EventRecord {
    static final int PREFIX = 8 + Chain.LENGTH;
    /** Behind the time. */
    private static final int TYPE = Long.BYTES + Integer.BYTES;

    /** Kinds of keys in the index: an event's first, second and so on tag is mostly of the same name in all events of its type. */
    private static final int TYPES = 0;

    private static final int CORRELATIONS = 1;
    private static final int TAGS = 2;

    private static final byte[] CORRELATION = utf8(EventMetadata.CORRELATION_ID);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final RecentStrings STRINGS = new RecentStrings();

    private EventRecord() {}

    /** The part after the prefix. */
    static byte[] encode(NewEvent event) {
        byte[] type = utf8(event.type());
        byte[] revision = utf8(event.revision());
        byte[] id = utf8(event.id());
        int size = 12 + 3 * 4 + type.length + revision.length + id.length + 4 + event.payload().length;
        byte[][] texts = new byte[2 * (event.tags().size() + event.metadata().size())][];
        int next = 0;
        for (Tag tag : event.tags()) {
            texts[next++] = utf8(tag.key());
            texts[next++] = utf8(tag.value());
        }
        for (Map.Entry<String, String> entry : event.metadata().entrySet()) {
            texts[next++] = utf8(entry.getKey());
            texts[next++] = utf8(entry.getValue());
        }
        for (byte[] text : texts) {
            size += 4 + text.length;
        }
        ByteBuffer out = ByteBuffer.allocate(size + 8);
        out.putLong(event.timestamp().getEpochSecond()).putInt(event.timestamp().getNano());
        put(out, type);
        put(out, revision);
        put(out, id);
        out.putInt(event.tags().size()).putInt(event.metadata().size());
        for (byte[] text : texts) {
            put(out, text);
        }
        put(out, event.payload());
        return out.array();
    }

    /** What conditions are decided by, of an event that is encoded already. */
    static EncodedEvent.Labels labels(byte[] record) {
        ByteBuffer in = ByteBuffer.wrap(record).position(TYPE);
        String type = STRINGS.read(in);
        skip(in);
        skip(in);
        int tagCount = in.getInt();
        in.getInt();
        List<Tag> tags = new ArrayList<>(tagCount);
        for (int i = 0; i < tagCount; i++) {
            tags.add(new Tag(STRINGS.read(in), text(in)));
        }
        return new EncodedEvent.Labels(type, tags);
    }

    static long millis(byte[] record) {
        return (long) LONG.get(record, 0) * 1_000 + (int) INT.get(record, Long.BYTES) / 1_000_000;
    }

    /**
     * Adds the keys under which the event is found, byte for byte out of its record: {@link IndexKeys} says which.
     *
     * @throws IndexOutOfBoundsException when it is no record
     */
    static void index(byte[] record, long position, IndexBatch batch) {
        int type = TYPE;
        int revision = next(record, type);
        int counts = next(record, next(record, revision));
        int tagCount = (int) INT.get(record, counts);
        int metadataCount = (int) INT.get(record, counts + Integer.BYTES);
        int typeLength = (int) INT.get(record, type);
        int at = counts + 2 * Integer.BYTES;
        batch.beginKey(TYPES, 1 + 2 + typeLength + Long.BYTES);
        batch.keyByte('y');
        batch.keyText(record, type);
        batch.endKey(position);
        for (int i = 0; i < tagCount; i++) {
            int value = next(record, at);
            int after = next(record, value);
            batch.beginKey(TAGS + i, 1 + (after - at - 2 * Integer.BYTES) + 3 * 2 + typeLength + Long.BYTES);
            batch.keyByte('t');
            batch.keyText(record, at);
            batch.keyText(record, value);
            batch.keyText(record, type);
            batch.endKey(position);
            at = after;
        }
        for (int i = 0; i < metadataCount; i++) {
            int value = next(record, at);
            int after = next(record, value);
            if (is(CORRELATION, record, at)) {
                batch.beginKey(CORRELATIONS, 1 + 2 + (after - value - Integer.BYTES) + Long.BYTES);
                batch.keyByte('c');
                batch.keyText(record, value);
                batch.endKey(position);
            }
            at = after;
        }
    }

    /** Where the text ends that begins there with its length. */
    private static int next(byte[] record, int at) {
        return at + Integer.BYTES + (int) INT.get(record, at);
    }

    private static boolean is(byte[] text, byte[] record, int at) {
        int length = (int) INT.get(record, at);
        int start = at + Integer.BYTES;
        return Arrays.equals(text, 0, text.length, record, start, start + length);
    }

    /** @param length of the payload, with which the record ends */
    static byte[] payload(byte[] record, int length) {
        return Arrays.copyOfRange(record, record.length - length, record.length);
    }

    private static void skip(ByteBuffer in) {
        int length = in.getInt();
        in.position(in.position() + length);
    }

    /** Without decoding anything else. */
    static boolean isOf(byte[] value, Set<String> types) {
        ByteBuffer in = ByteBuffer.wrap(value).position(PREFIX + TYPE);
        return types.contains(STRINGS.read(in));
    }

    static RecordedEvent decode(long position, byte[] value) {
        ByteBuffer in = ByteBuffer.wrap(value);
        byte[] chainHash = chainHash(value);
        in.position(PREFIX);
        Instant timestamp = Instant.ofEpochSecond(in.getLong(), in.getInt());
        String type = STRINGS.read(in);
        String revision = STRINGS.read(in);
        String id = text(in);
        int tagCount = in.getInt();
        int metadataCount = in.getInt();
        Set<Tag> tags = tags(in, tagCount);
        Map<String, String> metadata = metadata(in, metadataCount);
        byte[] payload = new byte[in.getInt()];
        in.get(payload);
        return new RecordedEvent(position, type, revision, id, timestamp, tags, metadata, payload, chainHash);
    }

    static byte[] chainHash(byte[] value) {
        return Arrays.copyOfRange(value, 8, PREFIX);
    }

    private static Set<Tag> tags(ByteBuffer in, int count) {
        if (count == 0) {
            return Set.of();
        }
        if (count == 1) {
            return Set.of(new Tag(STRINGS.read(in), text(in)));
        }
        Set<Tag> tags = LinkedHashSet.newLinkedHashSet(count);
        for (int i = 0; i < count; i++) {
            tags.add(new Tag(STRINGS.read(in), text(in)));
        }
        return Collections.unmodifiableSet(tags);
    }

    private static Map<String, String> metadata(ByteBuffer in, int count) {
        if (count == 0) {
            return Map.of();
        }
        Map<String, String> metadata = HashMap.newHashMap(count);
        for (int i = 0; i < count; i++) {
            metadata.put(STRINGS.read(in), text(in));
        }
        return Collections.unmodifiableMap(metadata);
    }

    private static void put(ByteBuffer out, byte[] bytes) {
        out.putInt(bytes.length).put(bytes);
    }

    private static String text(ByteBuffer in) {
        int length = in.getInt();
        String text = new String(in.array(), in.position(), length, StandardCharsets.UTF_8);
        in.position(in.position() + length);
        return text;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Types and keys are few: what was decoded lately is found again by its bytes, without a new string. Races are harmless. */
    private static final class RecentStrings {
        private record Known(byte[] bytes, String text) {}

        private final Known[] known = new Known[1024];

        String read(ByteBuffer in) {
            int length = in.getInt();
            int start = in.position();
            byte[] array = in.array();
            in.position(start + length);
            int hash = length;
            for (int i = start; i < start + length; i++) {
                hash = 31 * hash + array[i];
            }
            int slot = (hash ^ (hash >>> 15)) & (known.length - 1);
            Known candidate = known[slot];
            if (candidate != null
                    && Arrays.equals(candidate.bytes, 0, candidate.bytes.length, array, start, start + length)) {
                return candidate.text;
            }
            String text = new String(array, start, length, StandardCharsets.UTF_8);
            known[slot] = new Known(Arrays.copyOfRange(array, start, start + length), text);
            return text;
        }
    }
}
