package app.veza.server.web;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Every node serves the page, as any of them may be asked first. */
@Configuration(proxyBeanMethods = false)
class WebWiring {

    @Bean
    WebFiles webFiles() {
        return WebFiles.read();
    }
}
