package app.veza.command.http;

import static org.assertj.core.api.Assertions.assertThat;

import app.veza.command.CommandSideConfig;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CommandKeysTest {

    private final CommandKeys keys = keysUnder("0123456789abcdef0123456789abcdef");

    record Body(@Nullable String name, @Nullable String topic) {}

    @Test
    void aKeyIsTheCallersOwnAndTheOperationsOwn() {
        String id = keys.commandId("ann", "create", "k");

        assertThat(keys.commandId("ann", "create", "k")).isEqualTo(id).hasSize(43);
        assertThat(keys.commandId("bob", "create", "k")).isNotEqualTo(id);
        assertThat(keys.commandId("ann", "delete", "k")).isNotEqualTo(id);
        assertThat(keys.commandId("ann", "createk", "")).isNotEqualTo(id);
        assertThat(keysUnder("another-platform-another-platform").commandId("ann", "create", "k"))
                .isNotEqualTo(id);
    }

    @Test
    void aFingerprintTellsBodiesApart() {
        String fingerprint = keys.fingerprint("create", new Body("a", null));

        assertThat(keys.fingerprint("create", new Body("a", null))).isEqualTo(fingerprint);
        assertThat(keys.fingerprint("create", new Body(null, "a"))).isNotEqualTo(fingerprint);
        assertThat(keys.fingerprint("create", new Body("a", ""))).isNotEqualTo(fingerprint);
    }

    @Test
    void withoutAKeyACommandHasNoId() {
        var request = new CommandRequest(keys, "ann", null, 7, Map.of("a", "b"));

        assertThat(request.repeatable("create", "body")).isEqualTo(request.unrepeatable());
        assertThat(request.unrepeatable().commandId()).isNull();
        assertThat(request.unrepeatable().minPosition()).isEqualTo(7);
        assertThat(request.unrepeatable().metadata()).containsEntry("a", "b");
    }

    @Test
    void aClientsOwnNameStandsInForTheKeyWithinItsScope() {
        var request = new CommandRequest(keys, "ann", null, 0, Map.of());
        var named = request.repeatableByClientName("send", "room-1", "m1", "body");

        assertThat(named.commandId()).isNotNull();
        assertThat(request.repeatableByClientName("send", "room-1", "m1", "body"))
                .isEqualTo(named);
        assertThat(request.repeatableByClientName("send", "room-2", "m1", "body")
                        .commandId())
                .isNotEqualTo(named.commandId());
        assertThat(request.repeatableByClientName("send", "room-1", null, "body")
                        .commandId())
                .isNull();
    }

    @Test
    void theClientsOwnNameGoesBeforeTheKey() {
        var named = new CommandRequest(keys, "ann", null, 0, Map.of());
        var withKey = new CommandRequest(keys, "ann", "key", 0, Map.of());

        assertThat(withKey.repeatableByClientName("send", "room-1", "m1", "body"))
                .isEqualTo(named.repeatableByClientName("send", "room-1", "m1", "body"));
        assertThat(withKey.repeatableByClientName("send", "room-1", null, "body"))
                .isEqualTo(withKey.repeatable("send", "body"));
    }

    private static CommandKeys keysUnder(String platformKey) {
        URI base = URI.create("http://127.0.0.1");
        return new CommandKeys(CommandSideConfig.of(
                platformKey.getBytes(StandardCharsets.US_ASCII),
                Path.of("keys"),
                base,
                "veza",
                base,
                URI.create("ws://127.0.0.1")));
    }
}
