package app.veza.eventstore.personal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeyBackupTest {

    private final KeyDatabase lost = new KeyDatabase();
    private final KeyDatabase fresh = new KeyDatabase();
    private final MasterKeys master = MasterKeys.ofText(AesMasterKey.generate(), "test");

    @AfterEach
    void close() {
        lost.close();
        fresh.close();
    }

    @Test
    void keysComeBackAndTheErasedDoNot() throws IOException {
        SubjectKeys keys = SubjectKeys.open(lost.source(), master);
        SubjectKeys.Current ada = keys.current("ada of ~ \n ümlaut");
        keys.rotate("ada of ~ \n ümlaut");
        SubjectKeys.Current newer = keys.current("ada of ~ \n ümlaut");
        keys.current("bob");
        byte[] withBob = content();
        keys.table().erase("bob", 7L);
        byte[] content = content();
        assertThat(content()).isEqualTo(content);
        assertThat(new KeyBackup(lost.source()).lacks(withBob))
                .as("nothing of the erased")
                .isZero();
        assertThat(new KeyBackup(fresh.source()).lacks(content))
                .as("both of ada's")
                .isEqualTo(2);

        new KeyBackup(fresh.source()).restore(content);
        new KeyBackup(fresh.source()).restore(withBob);

        SubjectKeys restored = SubjectKeys.open(fresh.source(), master);
        assertThat(restored.version("ada of ~ \n ümlaut", ada.version())).contains(ada.key());
        assertThat(restored.current("ada of ~ \n ümlaut")).isEqualTo(newer);
        assertThatThrownBy(() -> restored.current("bob")).isInstanceOf(SubjectErasedException.class);
    }

    private byte[] content() throws IOException {
        var whole = new ByteArrayOutputStream();
        new KeyBackup(lost.source()).write(whole::writeBytes);
        return whole.toByteArray();
    }

    /** More than are in a piece, and at the end of one several versions of one subject. */
    @Test
    void everyKeyOfALargeTableIsBackedUpOnce() throws IOException {
        var table = new KeyTable(lost.source());
        List<KeyTable.WrappedKey> keys = IntStream.range(0, 25_000)
                .mapToObj(i -> new KeyTable.WrappedKey("subject " + i / 3, 1 + i % 3, new byte[] {1, 2, 3}, "test"))
                .toList();
        table.addAll(keys);
        List<byte[]> pieces = new ArrayList<>();
        new KeyBackup(lost.source()).write(pieces::add);
        assertThat(pieces).hasSize(3);
        assertThat(new String(content(), StandardCharsets.US_ASCII).lines().distinct())
                .hasSize(25_000);
        for (byte[] piece : pieces) {
            new KeyBackup(fresh.source()).restore(piece);
        }
        assertThat(new KeyTable(fresh.source()).countByMasterKey()).containsEntry("test", 25_000L);
    }

    /** As after a restore of the database from an older dump: who is active meanwhile gets a new key. */
    @Test
    void aKeyThatWasMadeBecauseOneWasLostIsNoneOfTheLost() throws Exception {
        SubjectKeys.Current before = SubjectKeys.open(lost.source(), master).current("ada");
        byte[] content = content();
        // a version a second
        Thread.sleep(1_100);
        SubjectKeys.Current meanwhile = SubjectKeys.open(fresh.source(), master).current("ada");
        new KeyBackup(fresh.source()).restore(content);

        SubjectKeys restored = SubjectKeys.open(fresh.source(), master);
        assertThat(restored.version("ada", before.version())).contains(before.key());
        assertThat(restored.version("ada", meanwhile.version())).contains(meanwhile.key());
        assertThat(restored.current("ada")).as("the newest").isEqualTo(meanwhile);
    }

    @Test
    void nothingIsBackedUpInClearAndAnEmptyTableIsNoFault() throws IOException {
        byte[] nobody = content();
        new KeyBackup(fresh.source()).restore(nobody);
        SubjectKeys.Current ada = SubjectKeys.open(lost.source(), master).current("ada");
        String content = new String(content(), StandardCharsets.US_ASCII);
        assertThat(content)
                .hasLineCount(1)
                .doesNotContain(java.util.Base64.getEncoder()
                        .withoutPadding()
                        .encodeToString(ada.key().getEncoded()));
        assertThatThrownBy(() -> new KeyBackup(fresh.source()).restore("nonsense".getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOf(IOException.class);
    }
}
