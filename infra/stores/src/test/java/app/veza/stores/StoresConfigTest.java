package app.veza.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoresConfigTest {
    private static Map<String, String> properties() {
        Map<String, String> properties = new HashMap<>();
        for (String server : new String[] {"primary", "replica", "analytics"}) {
            properties.put("veza.postgres." + server + ".url", "jdbc:postgresql://127.0.0.1:5432/veza");
            properties.put("veza.postgres." + server + ".username", "veza");
            properties.put("veza.postgres." + server + ".password", "secret");
        }
        properties.put("veza.redis.url", "redis://:secret@127.0.0.1:6379/0");
        return properties;
    }

    @Test
    void readsThePropertyFile() {
        StoresConfig config = StoresConfig.from(properties());
        assertThat(config.replica().readOnly()).isTrue();
        assertThat(config.primaryWriter().readOnly()).isFalse();
        assertThat(config.primary().size()
                        + config.replica().size()
                        + config.analytics().size()
                        + config.primaryWriter().size()
                        + config.analyticsWriter().size()
                        + config.keys().size())
                .isLessThanOrEqualTo(StoresConfig.CONNECTIONS);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void theNodesOfAPlatformShareItsConnections(int nodes) {
        Map<String, String> properties = properties();
        properties.put("veza.nodes", Integer.toString(nodes));
        StoresConfig config = StoresConfig.from(properties);
        assertThat(config.nodes()).isEqualTo(nodes);
        assertThat(config.primary().size()).isEqualTo(10 / nodes);

        assertThat(config.primaryWriter().size()).isGreaterThanOrEqualTo(3);
        assertThat(config.analyticsWriter().size()).isGreaterThanOrEqualTo(3);

        properties.put("veza.postgres.replica.connections", "90");
        assertThatThrownBy(() -> StoresConfig.from(properties)).hasMessageContaining("the platform allows 100");
    }

    @Test
    void moreNodesThanItsConnectionsAreEnoughForSaySo() {
        Map<String, String> properties = properties();
        properties.put("veza.nodes", "11");
        assertThatThrownBy(() -> StoresConfig.from(properties)).hasMessageContaining("the platform allows 100");
    }

    @Test
    void keepsPasswordsOutOfLogs() {
        StoresConfig config = StoresConfig.from(properties());
        assertThat(config.toString()).doesNotContain("secret");
        assertThat(config.replica().toString()).doesNotContain("secret");
    }

    @Test
    void namesWhatIsMissingOrWrong() {
        Map<String, String> properties = properties();
        properties.remove("veza.postgres.replica.password");
        assertThatThrownBy(() -> StoresConfig.from(properties)).hasMessageContaining("veza.postgres.replica.password");
        properties.put("veza.postgres.replica.password", "secret");
        properties.put("veza.postgres.replica.connections", "many");
        assertThatThrownBy(() -> StoresConfig.from(properties))
                .hasMessageContaining("veza.postgres.replica.connections");
        properties.put("veza.postgres.replica.connections", "80");
        assertThatThrownBy(() -> StoresConfig.from(properties)).hasMessageContaining("134", "100");
        properties.put("veza.nodes", "0");
        assertThatThrownBy(() -> StoresConfig.from(properties)).hasMessageContaining("veza.nodes");
    }
}
