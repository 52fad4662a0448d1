package app.veza.eventstore;

import io.nats.client.impl.Headers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Consecutive appends as they stand in the log, to the byte: gzip of {@code magic, log id, hash before} and for each append
 * {@code position(8) count(4) hash(32) subject, headers, body} with lengths before what varies.
 */
final class BackupChunk {
    private static final String MAGIC = "event log chunk 1";
    /** Before compression. Small enough for the memory of a command line, large enough for few objects. */
    private static final int FULL = 8 << 20;
    /** NATS takes no larger message; a length beyond it is no length. */
    private static final int LARGEST = 64 << 20;

    private final String logId;
    private final LogPoint before;
    private final ByteArrayOutputStream compressed = new ByteArrayOutputStream(1 << 20);
    private final DataOutputStream out;
    private LogPoint point;
    private int appends;

    BackupChunk(String logId, LogPoint before) throws IOException {
        this.logId = logId;
        this.before = before;
        this.point = before;
        this.out = new DataOutputStream(new GZIPOutputStream(compressed, 1 << 16));
        out.writeUTF(MAGIC);
        out.writeUTF(logId);
        out.write(before.chainHash());
    }

    boolean isEmpty() {
        return appends == 0;
    }

    boolean isFull() {
        return out.size() >= FULL;
    }

    LogPoint point() {
        return point;
    }

    void add(StoredAppend stored) {
        try {
            EncodedAppend append = stored.append();
            out.writeLong(stored.firstPosition());
            out.writeInt(append.count());
            out.write(stored.chainHash());
            out.writeUTF(append.subject());
            out.writeInt(append.headers().length);
            out.write(append.headers());
            out.writeInt(append.body().length);
            out.write(append.body());
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail so", e);
        }
        point = stored.point();
        appends++;
    }

    record Sealed(BackupManifest.Chunk entry, byte[] content) {}

    Sealed seal() throws IOException {
        out.close();
        byte[] content = compressed.toByteArray();
        String sha256 = BackupObjects.sha256(content);
        long first = before.position() + 1;
        return new Sealed(
                new BackupManifest.Chunk(
                        BackupObjects.chunkKey(logId, first, point.position(), sha256),
                        first,
                        point.position(),
                        point.sequence(),
                        appends,
                        out.size(),
                        sha256,
                        Chain.text(before.chainHash()),
                        Chain.text(point.chainHash())),
                content);
    }

    /**
     * Reads appends out of an object, each checked against the chain.
     *
     * @param before the append before the first
     * @return the last append
     * @throws BackupDamagedException naming the object and the position
     */
    static LogPoint read(
            BackupManifest.Chunk entry, String logId, byte[] content, LogPoint before, Consumer<StoredAppend> taken) {
        LogPoint point = before;
        int appends = 0;
        try (var in = new DataInputStream(new GZIPInputStream(new ByteArrayInputStream(content), 1 << 16))) {
            require(entry, in.readUTF().equals(MAGIC), "it is of another format");
            require(entry, in.readUTF().equals(logId), "it is of another log");
            require(entry, before.hasHash(in.readNBytes(Chain.LENGTH)), "it does not follow the chunk before it");
            for (; appends < entry.appends(); appends++) {
                LogMessage message = message(entry, in, point);
                if (!(LogReading.of(point, message) instanceof LogReading.Valid(StoredAppend append))) {
                    throw damaged(entry, "it does not go on behind position " + point.position());
                }
                point = append.point();
                taken.accept(append);
            }
            require(entry, in.read() < 0, "it holds more than it should");
        } catch (EOFException e) {
            throw damaged(entry, "it ends behind position " + point.position());
        } catch (IOException | LogDamagedException | IllegalArgumentException e) {
            throw damaged(entry, "behind position %d: %s".formatted(point.position(), e.getMessage()));
        }
        require(
                entry,
                Chain.text(point.chainHash()).equals(entry.chainAfter()),
                "it does not end as the manifest says");
        return point;
    }

    private static LogMessage message(BackupManifest.Chunk entry, DataInputStream in, LogPoint last)
            throws IOException {
        long position = in.readLong();
        int count = in.readInt();
        byte[] chain = in.readNBytes(Chain.LENGTH);
        String subject = in.readUTF();
        String lines = new String(bytes(entry, in), StandardCharsets.US_ASCII);
        byte[] body = bytes(entry, in);
        var headers = new Headers();
        for (int start = 0; start < lines.length(); ) {
            int end = lines.indexOf("\r\n", start);
            int colon = lines.indexOf(": ", start);
            require(entry, colon > start && end >= colon + 2, "its headers cannot be read");
            headers.add(lines.substring(start, colon), lines.substring(colon + 2, end));
            start = end + 2;
        }
        headers.add(WireFormat.POSITION, Long.toString(position))
                .add(WireFormat.COUNT, Integer.toString(count))
                .add(WireFormat.PREVIOUS, Chain.text(last.chainHash()))
                .add(WireFormat.CHAIN, Chain.text(chain));
        return new LogMessage(last.sequence() + 1, subject, headers, body);
    }

    private static byte[] bytes(BackupManifest.Chunk entry, DataInputStream in) throws IOException {
        int length = in.readInt();
        require(entry, length >= 0 && length <= LARGEST, "it has an impossible length");
        byte[] bytes = in.readNBytes(length);
        require(entry, bytes.length == length, "it ends too early");
        return bytes;
    }

    private static void require(BackupManifest.Chunk entry, boolean holds, String otherwise) {
        if (!holds) {
            throw damaged(entry, otherwise);
        }
    }

    private static BackupDamagedException damaged(BackupManifest.Chunk entry, String why) {
        return new BackupDamagedException("backup object %s (positions %d to %d) is damaged: %s"
                .formatted(entry.key(), entry.firstPosition(), entry.lastPosition(), why));
    }
}
