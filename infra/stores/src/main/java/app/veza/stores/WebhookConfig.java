package app.veza.stores;

import java.util.List;

/**
 * Where webhooks may be.
 *
 * @param allowHttp whether without TLS too
 * @param allowedNetworks beside the public internet
 */
public record WebhookConfig(boolean allowHttp, List<Network> allowedNetworks) {

    /**
     * @param networks of {@code veza.webhooks.allowed-networks}, such as {@code 10.0.0.0/8}
     * @throws IllegalArgumentException naming the property, when one of them is none
     */
    public static WebhookConfig of(boolean allowHttp, List<String> networks) {
        return new WebhookConfig(allowHttp, Network.of("veza.webhooks.allowed-networks", networks));
    }
}
