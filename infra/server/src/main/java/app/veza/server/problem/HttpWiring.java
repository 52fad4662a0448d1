package app.veza.server.problem;

import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/** JSON, strictly, and nothing else: libraries on the class path bring converters for XML and YAML along. */
@Configuration(proxyBeanMethods = false)
class HttpWiring implements WebMvcConfigurer {

    private static final List<MediaType> FOREIGN = List.of(MediaType.APPLICATION_XML, MediaType.APPLICATION_YAML);

    @Override
    public void configureMessageConverters(HttpMessageConverters.ServerBuilder converters) {
        converters.configureMessageConvertersList(list -> list.removeIf(HttpWiring::isForeign));
    }

    /** A number is no text, and what says one thing twice says nothing. */
    @Bean
    JsonMapperBuilderCustomizer strictJson() {
        return builder -> builder.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .withCoercionConfig(
                        LogicalType.Textual,
                        text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail));
    }

    /** Last, hence inside of Spring Boot's own valve, which then finds the error reported. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemsOfTomcat(JsonMapper json) {
        return tomcat -> tomcat.addContextCustomizers(context -> {
            context.getParent().getPipeline().addValve(new LateBodyValve());
            context.getParent().getPipeline().addValve(new ProblemReportValve(json));
        });
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> timedHeads(
            @Value("${veza.http.request-time}") Duration limit) {
        return tomcat -> {
            tomcat.setProtocol(TimedHeadProtocol.class.getName());
            tomcat.addConnectorCustomizers(
                    connector -> ((TimedHeadProtocol) connector.getProtocolHandler()).setHeadTime(limit));
        };
    }

    /** The converter of plain text takes every type, and must stay. */
    private static boolean isForeign(HttpMessageConverter<?> converter) {
        return converter.getSupportedMediaTypes().stream()
                .anyMatch(type -> FOREIGN.stream().anyMatch(type::equalsTypeAndSubtype));
    }
}
