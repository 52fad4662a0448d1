package app.veza.eventstore.personal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MasterKeysTest {

    private static final byte[] DATA_KEY = "a data key of thirty-two bytes..".getBytes(StandardCharsets.UTF_8);
    private static final byte[] CONTEXT = {1, 2, 3};

    @TempDir
    private Path directory;

    @Test
    void unwrapsWhatItWrappedInTheSameContextOnly() {
        AesMasterKey key = AesMasterKey.parse(AesMasterKey.generate());
        byte[] wrapped = key.wrap(DATA_KEY, CONTEXT);

        assertThat(key.unwrap(wrapped, CONTEXT)).isEqualTo(DATA_KEY);
        assertThat(wrapped).isNotEqualTo(key.wrap(DATA_KEY, CONTEXT));
        assertThatThrownBy(() -> key.unwrap(wrapped, new byte[] {1})).isInstanceOf(IllegalArgumentException.class);
        AesMasterKey other = AesMasterKey.parse(AesMasterKey.generate());
        assertThatThrownBy(() -> other.unwrap(wrapped, CONTEXT)).isInstanceOf(IllegalArgumentException.class);
        assertThat(other.id()).isNotEqualTo(key.id());
    }

    @Test
    void theFirstOneWrapsAndAllAreKnown() {
        String first = AesMasterKey.generate();
        String second = AesMasterKey.generate();
        MasterKeys keys = MasterKeys.ofText("# of June\n " + first + " ,\n\n" + second, "here");

        assertThat(keys.current().id()).isEqualTo(AesMasterKey.parse(first).id());
        assertThat(keys.byId(AesMasterKey.parse(second).id())).isPresent();
        assertThat(keys.byId("0123456789abcdef")).isEmpty();
    }

    @Test
    void aChangedFileCountsAtOnce() throws IOException {
        Path file = directory.resolve("master.key");
        String old = AesMasterKey.generate();
        Files.writeString(file, old + "\n");
        MasterKeys keys = MasterKeys.ofFile(file);
        String fresh = AesMasterKey.generate();
        Files.writeString(file, fresh + "\n" + old + "\n");

        assertThat(keys.byId(AesMasterKey.parse(fresh).id())).isPresent();
        assertThat(keys.current().id()).isEqualTo(AesMasterKey.parse(fresh).id());
        assertThat(keys.byId(AesMasterKey.parse(old).id())).isPresent();
    }

    @Test
    void whatIsNoKeyIsToldWithoutRepeatingIt() {
        assertThatThrownBy(() -> MasterKeys.ofText("c2hvcnQ=", "VEZA_MASTER_KEY"))
                .hasMessageContaining("VEZA_MASTER_KEY")
                .hasMessageContaining("32 random bytes in base64")
                .hasMessageNotContaining("c2hvcnQ");
        assertThatThrownBy(() -> MasterKeys.ofText("not~base64", "VEZA_MASTER_KEY"))
                .hasMessageNotContaining("not~base64")
                .rootCause()
                .hasMessageNotContaining("~");
        assertThatThrownBy(() -> MasterKeys.ofText("# nothing\n", "here")).hasMessageContaining("no master key");
        assertThatThrownBy(() -> MasterKeys.ofFile(directory.resolve("none"))).hasMessageContaining("cannot be read");
    }
}
