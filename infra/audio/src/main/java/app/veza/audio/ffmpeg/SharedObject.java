package app.veza.audio.ffmpeg;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A shared library (ELF, 64 bit) without some of the libraries that it wants. The artifact's libavdevice wants ALSA, PulseAudio and
 * X for devices that a server does not have, and no bare machine has them: without this no executable of the artifact starts
 * there. Their functions are bound when they are called, which they never are.
 */
final class SharedObject {

    private static final int PROGRAM_HEADER_BYTES = 56;
    private static final int DYNAMIC_ENTRY_BYTES = 16;
    private static final int LOAD = 1;
    private static final int DYNAMIC = 2;
    private static final long NEEDED = 1;
    private static final long STRING_TABLE = 5;
    private static final long VERSIONS_NEEDED = 0x6ffffffe;
    private static final long VERSIONS_NEEDED_COUNT = 0x6fffffff;

    private record Segment(long offset, long address, long size) {}

    private record Entry(long tag, long value) {}

    private final ByteBuffer file;
    private final List<Segment> loaded = new ArrayList<>();
    private final List<Entry> entries = new ArrayList<>();
    private int dynamic;

    private SharedObject(byte[] bytes) {
        this.file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int headers = (int) file.getLong(32);
        int count = file.getShort(56);
        for (int i = 0; i < count; i++) {
            int at = headers + i * PROGRAM_HEADER_BYTES;
            var segment = new Segment(file.getLong(at + 8), file.getLong(at + 16), file.getLong(at + 32));
            if (file.getInt(at) == LOAD) {
                loaded.add(segment);
            } else if (file.getInt(at) == DYNAMIC) {
                dynamic = (int) segment.offset();
                for (long place = 0; place < segment.size(); place += DYNAMIC_ENTRY_BYTES) {
                    int entry = (int) (segment.offset() + place);
                    entries.add(new Entry(file.getLong(entry), file.getLong(entry + 8)));
                }
            }
        }
    }

    /** Changes the bytes in place. */
    static void forget(byte[] library, Set<String> names) {
        var object = new SharedObject(library);
        int versions = object.forgetVersions(names);
        object.forgetNeeds(names, versions);
    }

    private void forgetNeeds(Set<String> names, int versions) {
        List<Entry> kept = entries.stream()
                .filter(entry -> entry.tag() != NEEDED || !names.contains(string(entry.value())))
                .toList();
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = i < kept.size() ? kept.get(i) : new Entry(0, 0);
            long value = entry.tag() == VERSIONS_NEEDED_COUNT ? entry.value() - versions : entry.value();
            file.putLong(dynamic + i * DYNAMIC_ENTRY_BYTES, entry.tag());
            file.putLong(dynamic + i * DYNAMIC_ENTRY_BYTES + 8, value);
        }
    }

    /** Takes them out of the chain of versions, which the loader would look for in vain. Returns how many were there. */
    private int forgetVersions(Set<String> names) {
        int forgotten = 0;
        int place = offset(value(VERSIONS_NEEDED));
        int before = -1;
        while (true) {
            int next = file.getInt(place + 12);
            if (names.contains(string(file.getInt(place + 4))) && before >= 0) {
                file.putInt(before + 12, next == 0 ? 0 : file.getInt(before + 12) + next);
                forgotten++;
            } else {
                before = place;
            }
            if (next == 0) {
                return forgotten;
            }
            place += next;
        }
    }

    private long value(long tag) {
        return entries.stream()
                .filter(entry -> entry.tag() == tag)
                .findFirst()
                .orElseThrow(
                        () -> new FfmpegException("A library of the ffmpeg artifact has no dynamic entry " + tag + "."))
                .value();
    }

    private int offset(long address) {
        return loaded.stream()
                .filter(segment -> address >= segment.address() && address < segment.address() + segment.size())
                .mapToInt(segment -> (int) (address - segment.address() + segment.offset()))
                .findFirst()
                .orElseThrow(() -> new FfmpegException("A library of the ffmpeg artifact points outside of itself."));
    }

    private String string(long index) {
        int begin = offset(value(STRING_TABLE)) + (int) index;
        int end = begin;
        while (file.get(end) != 0) {
            end++;
        }
        return new String(file.array(), begin, end - begin, StandardCharsets.US_ASCII);
    }
}
