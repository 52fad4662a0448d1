package app.veza.server;

import java.util.HashMap;
import java.util.Map;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * What {@code veza.tls.certificate} and {@code veza.tls.private-key}, both PEM files, mean to Spring Boot: a bundle that both ports
 * present and that is read anew when a file changes, TLS 1.2 or newer, and HTTP/2.
 */
final class TlsSettings implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    static final String BUNDLE = "veza";
    private static final String PEM = "spring.ssl.bundle.pem." + BUNDLE + ".";

    @Override
    public void initialize(ConfigurableApplicationContext node) {
        ConfigurableEnvironment environment = node.getEnvironment();
        String certificate = environment.getProperty("veza.tls.certificate");
        String privateKey = environment.getProperty("veza.tls.private-key");
        if (certificate == null && privateKey == null) {
            return;
        }
        if (certificate == null || privateKey == null) {
            throw new IllegalStateException("veza.tls.certificate and veza.tls.private-key go together: name both");
        }
        Map<String, Object> settings = new HashMap<>();
        settings.put(PEM + "keystore.certificate", "file:" + certificate);
        settings.put(PEM + "keystore.private-key", "file:" + privateKey);
        settings.put(PEM + "reload-on-update", "true");
        settings.put(PEM + "options.enabled-protocols", "TLSv1.3,TLSv1.2");
        settings.put("spring.ssl.bundle.watch.file.quiet-period", "1s");
        settings.put("server.ssl.bundle", BUNDLE);
        settings.put("server.http2.enabled", "true");
        environment.getPropertySources().addLast(new MapPropertySource("tls", settings));
    }
}
