package app.veza.eventstore.personal;

import app.veza.eventstore.BackupSidecar;
import java.io.ByteArrayOutputStream;
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
    /** So many keys are rows, objects and text at a time; the whole table may be millions. */
    private static final int PAGE = 1000;

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
    public byte[] content() throws IOException {
        var lines = new ByteArrayOutputStream();
        for (String subject : new TreeSet<>(table.tombstones())) {
            add(lines, "%s %s\n".formatted(ERASED, text(subject)));
        }
        List<KeyTable.WrappedKey> page = table.behind("", 0, PAGE);
        while (!page.isEmpty()) {
            for (KeyTable.WrappedKey key : page) {
                add(lines, line(key));
            }
            page = table.behind(page.getLast().subject(), page.getLast().version(), PAGE);
        }
        return lines.toByteArray();
    }

    private static void add(ByteArrayOutputStream lines, String line) {
        lines.writeBytes(line.getBytes(StandardCharsets.US_ASCII));
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
    public void restore(byte[] content) throws IOException {
        List<KeyTable.WrappedKey> keys = new ArrayList<>();
        for (String line : new String(content, StandardCharsets.US_ASCII).split("\n")) {
            String[] words = line.split(" ");
            switch (words[0]) {
                case ERASED -> table.erase(fromText(words[1]), null);
                case KEY ->
                    keys.add(new KeyTable.WrappedKey(
                            fromText(words[1]),
                            Integer.parseInt(words[2]),
                            Base64.getDecoder().decode(words[4]),
                            fromText(words[3])));
                case "" -> {
                    continue; // nobody had a key yet
                }
                default -> throw new IOException("the backup of the keys has a line that begins with " + words[0]);
            }
        }
        table.addAll(keys);
    }

    private static String text(String clear) {
        return Base64.getEncoder().encodeToString(clear.getBytes(StandardCharsets.UTF_8));
    }

    private static String fromText(String encoded) {
        return new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
    }
}
