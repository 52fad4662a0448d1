package app.veza.server.gateway;

import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/** Makes one end of TLS a socket, from the bundle as it is when the socket comes: a certificate that changes needs no restart. */
final class GatewayTls implements Supplier<SSLEngine> {

    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private volatile SSLContext context;

    GatewayTls(SslBundles bundles, String name) {
        this.context = bundles.getBundle(name).createSslContext();
        bundles.addBundleUpdateHandler(name, this::renew);
    }

    private void renew(SslBundle bundle) {
        context = bundle.createSslContext();
    }

    @Override
    public SSLEngine get() {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        engine.setEnabledProtocols(PROTOCOLS);
        return engine;
    }
}
