package app.veza.server.openid;

import app.veza.server.node.NodeConfig;
import app.veza.server.node.PlatformKey;
import app.veza.stores.Redis;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Providers of the configuration; none is one choice too. */
@Configuration(proxyBeanMethods = false)
class OpenIdWiring {

    /** How long a person may take at the provider. */
    static final Duration ATTEMPT_LIFE = Duration.ofMinutes(10);

    /** How long a page may take to exchange what it was given, a code being asked for included. */
    private static final Duration PROOF_LIFE = Duration.ofMinutes(3);

    @Bean
    OpenIdClients openIdClients(Environment environment, NodeConfig node) {
        Map<String, OpenIdProvider> providers = Binder.get(environment)
                .bind("veza.oauth2", Bindable.mapOf(String.class, OpenIdProvider.class))
                .orElse(Map.of());
        return new OpenIdClients(providers.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey,
                        provider -> new OpenIdClient(
                                provider.getKey(),
                                provider.getValue(),
                                node.publicUrl() + "/auth/oauth2/" + provider.getKey() + "/callback"))));
    }

    @Bean
    Attempts signInAttempts(Redis redis, NodeConfig node, PlatformKey key) {
        return new Attempts(new SealedOnce(redis, node.redis().keyPrefix() + "oauth2-attempt:", ATTEMPT_LIFE, key));
    }

    @Bean
    SealedAccounts provenAccounts(Redis redis, NodeConfig node, PlatformKey key) {
        return new SealedAccounts(new SealedOnce(redis, node.redis().keyPrefix() + "oauth2-account:", PROOF_LIFE, key));
    }
}
