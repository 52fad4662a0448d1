package app.veza.server.openapi;

import app.veza.command.http.Caller;
import app.veza.command.http.CommandRequest;
import app.veza.command.http.LogRead;
import app.veza.server.node.NodeConfig;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springdoc.core.providers.ObjectMapperProvider;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** {@code GET /openapi.json}: the routes are read from the controllers, what they share is said here. */
@Configuration(proxyBeanMethods = false)
class OpenApiWiring {

    static {
        // Read from the token and from headers: they are no parameters
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Caller.class, CommandRequest.class, LogRead.class);
    }

    @Bean
    OpenAPI openApi(NodeConfig node) {
        return new OpenAPI()
                .info(new Info()
                        .title("Veza")
                        .version("1")
                        .description("Commands answer with their position in the event log (Veza-Position); a read that"
                                + " carries it as Veza-Min-Position is never older. A position is one of a log"
                                + " (Veza-Log): a client keeps both, and sends both, so that after a restore it is"
                                + " told instead of misled. Errors are RFC 9457 problems.")
                        .license(new License().name("Apache-2.0").identifier("Apache-2.0")))
                .servers(List.of(new Server().url(node.publicUrl().toString())))
                .components(new Components()
                        .addSecuritySchemes(
                                SharedParts.BEARER,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .bearerFormat("JWT"))
                        .addSchemas(SharedProblems.SCHEMA, SharedProblems.schema())
                        .responses(SharedProblems.responses()))
                .webhooks(WebhookDeliveries.all())
                .addSecurityItem(new SecurityRequirement().addList(SharedParts.BEARER));
    }

    @Bean
    GlobalOperationCustomizer sharedParts() {
        return new SharedParts();
    }

    @Bean
    GlobalOpenApiCustomizer bodySchemas() {
        return new BodySchemas();
    }

    /** First, which is to say behind springdoc's own converters: this one ends the chain. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    RecordSchemas recordSchemas(ObjectMapperProvider mappers) {
        return new RecordSchemas(mappers.jsonMapper());
    }
}
