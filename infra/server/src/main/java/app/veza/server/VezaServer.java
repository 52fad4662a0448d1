package app.veza.server;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** One node of the platform: the executable. */
@SpringBootApplication(
        scanBasePackages = {
            "app.veza.server.node",
            "app.veza.server.health",
            "app.veza.server.problem",
            "app.veza.server.security"
        })
@ConfigurationPropertiesScan("app.veza.server")
public class VezaServer {

    public static void main(String[] args) {
        SpringApplication.run(VezaServer.class, args);
    }
}
