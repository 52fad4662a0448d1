package app.veza.server.audit;

import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Has every request pass by the audit. */
@Configuration(proxyBeanMethods = false)
class AuditWiring implements WebMvcConfigurer {

    private final AuditLog audit;

    AuditWiring(AuditLog audit) {
        this.audit = audit;
    }

    @Override
    public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors.addInterceptor(new AuditInterceptor(audit));
    }
}
