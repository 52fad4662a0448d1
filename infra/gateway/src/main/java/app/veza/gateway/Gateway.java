package app.veza.gateway;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/** What every socket of a server shares. */
final class Gateway {
    private final GatewayConfig config;
    private final Routes routes;
    private final OriginPolicy origins;
    private final Pipelines pipelines;
    private final AtomicLong connectionIds = new AtomicLong();
    private volatile boolean draining;

    Gateway(GatewayConfig config, Routes routes, @Nullable Supplier<SSLEngine> tls) {
        this.config = config;
        this.routes = routes;
        this.origins = new OriginPolicy(config.allowedOrigins());
        this.pipelines = new Pipelines(config, tls);
    }

    GatewayConfig config() {
        return config;
    }

    Routes routes() {
        return routes;
    }

    OriginPolicy origins() {
        return origins;
    }

    Pipelines pipelines() {
        return pipelines;
    }

    long nextConnectionId() {
        return connectionIds.incrementAndGet();
    }

    boolean draining() {
        return draining;
    }

    void drain() {
        draining = true;
    }
}
