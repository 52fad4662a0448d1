package app.veza.eventstore.personal;

import app.veza.eventstore.BackupSidecar;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.TreeSet;
import javax.sql.DataSource;

/**
 * The wrapped keys of all subjects as part of a log's backup, with the tombstones. The master key is not in it. To bring it back adds what is
 * missing; whoever is erased, there or here, stays so.
 */
public final class KeyBackup implements BackupSidecar {
    private static final String ERASED = "erased";
    private static final String KEY = "key";
    /** So many keys, some 160 bytes each, are in a piece; the whole table may be millions. */
    private static final int PAGE = 10_000;

    private final KeyTable table;

    /** @param database as {@link SubjectKeys} has it */
    public KeyBackup(DataSource database) {
        this.table = new KeyTable(database);
    }

    @Override
    public String name() {
        return "personal-keys";
    }

    /** A line each: {@code erased subject}, {@code key subject version master-key-id wrapped-key}, texts in base64. */
    @Override
    public void write(Pieces pieces) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String subject : new TreeSet<>(table.tombstones())) {
            lines.add("%s %s\n".formatted(ERASED, text(subject)));
            if (lines.size() == PAGE) {
                add(pieces, lines);
            }
        }
        add(pieces, lines);
        List<KeyTable.WrappedKey> page = table.behind("", 0, PAGE);
        while (!page.isEmpty()) {
            page.forEach(key -> lines.add(line(key)));
            add(pieces, lines);
            page = table.behind(page.getLast().subject(), page.getLast().version(), PAGE);
        }
    }

    private static void add(Pieces pieces, List<String> lines) throws IOException {
        if (!lines.isEmpty()) {
            pieces.add(String.join("", lines).getBytes(StandardCharsets.US_ASCII));
            lines.clear();
        }
    }

    private static String line(KeyTable.WrappedKey key) {
        return "%s %s %d %s %s\n"
                .formatted(
                        KEY,
                        text(key.subject()),
                        key.version(),
                        text(key.masterKeyId()),
                        Base64.getEncoder().encodeToString(key.bytes()));
    }

    @Override
    public void restore(byte[] piece) throws IOException {
        Lines lines = lines(piece);
        lines.erased().forEach(subject -> table.erase(subject, null));
        for (int from = 0; from < lines.keys().size(); from += PAGE) {
            table.addAll(lines.keys().subList(from, Math.min(lines.keys().size(), from + PAGE)));
        }
    }

    /** Keys of somebody who is not erased here; of a tombstone nothing is missed, for the register has it. */
    @Override
    public long lacks(byte[] piece) throws IOException {
        List<KeyTable.WrappedKey> keys = lines(piece).keys();
        long lost = 0;
        for (int from = 0; from < keys.size(); from += PAGE) {
            List<KeyTable.WrappedKey> some = keys.subList(from, Math.min(keys.size(), from + PAGE));
            KeyTable.Loaded here = table.load(
                    some.stream().map(KeyTable.WrappedKey::subject).distinct().toList());
            lost += some.stream()
                    .filter(key -> !here.erased().contains(key.subject()))
                    .filter(key -> here.keys().getOrDefault(key.subject(), List.of()).stream()
                            .noneMatch(there -> there.version() == key.version()))
                    .count();
        }
        return lost;
    }

    private record Lines(List<String> erased, List<KeyTable.WrappedKey> keys) {}

    private static Lines lines(byte[] piece) throws IOException {
        var lines = new Lines(new ArrayList<>(), new ArrayList<>());
        for (String line : new String(piece, StandardCharsets.US_ASCII).split("\n")) {
            String[] words = line.split(" ");
            switch (words[0]) {
                case ERASED -> lines.erased().add(fromText(words[1]));
                case KEY ->
                    lines.keys()
                            .add(new KeyTable.WrappedKey(
                                    fromText(words[1]),
                                    Integer.parseInt(words[2]),
                                    Base64.getDecoder().decode(words[4]),
                                    fromText(words[3])));
                case "" -> {
                    continue; // nobody had a key yet, in a copy of an earlier format
                }
                default -> throw new IOException("the backup of the keys has a line that begins with " + words[0]);
            }
        }
        return lines;
    }

    private static String text(String clear) {
        return Base64.getEncoder().encodeToString(clear.getBytes(StandardCharsets.UTF_8));
    }

    private static String fromText(String encoded) {
        return new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
    }
}
