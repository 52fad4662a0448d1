package app.veza.eventstore.personal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
        byte[] withBob = new KeyBackup(lost.source()).content();
        keys.table().erase("bob", 7L);
        byte[] content = new KeyBackup(lost.source()).content();
        assertThat(new KeyBackup(lost.source()).content()).isEqualTo(content);

        new KeyBackup(fresh.source()).restore(content);
        new KeyBackup(fresh.source()).restore(withBob);

        SubjectKeys restored = SubjectKeys.open(fresh.source(), master);
        assertThat(restored.version("ada of ~ \n ümlaut", ada.version())).contains(ada.key());
        assertThat(restored.current("ada of ~ \n ümlaut")).isEqualTo(newer);
        assertThatThrownBy(() -> restored.current("bob")).isInstanceOf(SubjectErasedException.class);
    }

    /** More than are read at once, and at the end of one read several versions of one subject. */
    @Test
    void everyKeyOfALargeTableIsBackedUpOnce() throws IOException {
        var table = new KeyTable(lost.source());
        List<KeyTable.WrappedKey> keys = IntStream.range(0, 2500)
                .mapToObj(i -> new KeyTable.WrappedKey("subject " + i / 3, 1 + i % 3, new byte[] {1, 2, 3}, "test"))
                .toList();
        table.addAll(keys);
        byte[] content = new KeyBackup(lost.source()).content();
        assertThat(new String(content, StandardCharsets.US_ASCII).lines().distinct())
                .hasSize(2500);
        new KeyBackup(fresh.source()).restore(content);
        assertThat(new KeyTable(fresh.source()).countByMasterKey()).containsEntry("test", 2500L);
    }

    @Test
    void nothingIsBackedUpInClearAndAnEmptyTableIsNoFault() throws IOException {
        byte[] nobody = new KeyBackup(lost.source()).content();
        new KeyBackup(fresh.source()).restore(nobody);
        SubjectKeys.Current ada = SubjectKeys.open(lost.source(), master).current("ada");
        String content = new String(new KeyBackup(lost.source()).content(), StandardCharsets.US_ASCII);
        assertThat(content)
                .hasLineCount(1)
                .doesNotContain(java.util.Base64.getEncoder()
                        .withoutPadding()
                        .encodeToString(ada.key().getEncoded()));
        assertThatThrownBy(() -> new KeyBackup(fresh.source()).restore("nonsense".getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOf(IOException.class);
    }
}
