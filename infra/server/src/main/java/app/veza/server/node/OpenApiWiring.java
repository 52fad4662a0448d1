package app.veza.server.node;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** {@code GET /openapi.json}: the routes are read from the controllers, what they share is said here. */
@Configuration(proxyBeanMethods = false)
class OpenApiWiring {

    private static final String BEARER = "bearer";

    @Bean
    OpenAPI openApi(NodeConfig node) {
        return new OpenAPI()
                .info(new Info()
                        .title("Veza")
                        .version("1")
                        .description(
                                "Commands answer with their position in the event log (Veza-Position); a read that carries it as"
                                        + " Veza-Min-Position is never older. Errors are RFC 9457 problems.")
                        .license(new License().name("Apache-2.0").identifier("Apache-2.0")))
                .servers(List.of(new Server().url(node.publicUrl().toString())))
                .components(new Components()
                        .addSecuritySchemes(
                                BEARER,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .bearerFormat("JWT")))
                .addSecurityItem(new SecurityRequirement().addList(BEARER));
    }
}
