package app.veza.server;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;

/** One node of the platform: the executable. Its parts are wired in {@code app.veza.server.node}. */
@SpringBootApplication(
        scanBasePackages = {
            "app.veza.server.node",
            "app.veza.server.admin",
            "app.veza.server.audit",
            "app.veza.server.erasure",
            "app.veza.server.export",
            "app.veza.server.gateway",
            "app.veza.server.health",
            "app.veza.server.live",
            "app.veza.server.openapi",
            "app.veza.server.openid",
            "app.veza.server.presence",
            "app.veza.server.problem",
            "app.veza.server.ratelimit",
            "app.veza.server.security",
            "app.veza.server.streaming",
            "app.veza.server.web",
            "app.veza.server.webhook"
        })
@ConfigurationPropertiesScan({
    "app.veza.server.node",
    "app.veza.server.gateway",
    "app.veza.server.live",
    "app.veza.server.ratelimit",
    "app.veza.server.streaming"
})
public class VezaServer {

    public static void main(String[] args) {
        run(args);
    }

    /** Starts a node and returns once it serves. */
    public static ConfigurableApplicationContext run(String... args) {
        var application = new SpringApplication(VezaServer.class);
        // slices know nothing of each other, so two may name a class alike
        application.setBeanNameGenerator(FullyQualifiedAnnotationBeanNameGenerator.INSTANCE);
        application.addInitializers(new TlsSettings());
        return application.run(args);
    }
}
