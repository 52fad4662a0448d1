package app.veza.eventstore;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Lies beside a log in memory; its entries are its pieces. */
final class Beside implements BackupSidecar {
    final List<String> entries = new CopyOnWriteArrayList<>();
    private final List<String> deleted = new CopyOnWriteArrayList<>();

    @Override
    public String name() {
        return "keys";
    }

    @Override
    public void write(Pieces pieces) throws IOException {
        for (String entry : entries) {
            pieces.add(entry.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Override
    public void restore(byte[] piece) {
        if (lacks(piece) > 0) {
            entries.add(new String(piece, StandardCharsets.UTF_8));
        }
    }

    @Override
    public long lacks(byte[] piece) {
        String entry = new String(piece, StandardCharsets.UTF_8);
        return entries.contains(entry) || deleted.contains(entry) ? 0 : 1;
    }

    void delete(String entry) {
        entries.remove(entry);
        deleted.add(entry);
    }
}
