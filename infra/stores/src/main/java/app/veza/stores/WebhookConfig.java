package app.veza.stores;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Where webhooks may be.
 *
 * @param allowHttp whether without TLS too
 * @param allowedNetworks beside the public internet
 */
public record WebhookConfig(boolean allowHttp, List<Network> allowedNetworks) {

    private static final String NETWORKS = "veza.webhooks.allowed-networks";

    /**
     * Reads {@code veza.webhooks.allow-http}, false by default, and {@code veza.webhooks.allowed-networks}, such as
     * {@code 10.0.0.0/8,fd00::/8}, none by default.
     *
     * @throws IllegalArgumentException naming the property that is wrong
     */
    public static WebhookConfig from(Map<String, String> properties) {
        List<String> networks = Arrays.stream(
                        properties.getOrDefault(NETWORKS, "").split(",", -1))
                .filter(text -> !text.isBlank())
                .toList();
        return new WebhookConfig(
                Boolean.parseBoolean(properties.get("veza.webhooks.allow-http")), Network.of(NETWORKS, networks));
    }
}
