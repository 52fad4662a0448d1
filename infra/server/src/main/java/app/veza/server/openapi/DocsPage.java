package app.veza.server.openapi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Properties;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** {@code GET /docs}: a page that shows the routes of {@code /openapi.json} and sends requests to them. All of it comes from here. */
@Configuration(proxyBeanMethods = false)
class DocsPage implements WebMvcConfigurer {

    private static final CacheControl HOUR = CacheControl.maxAge(Duration.ofHours(1));

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry resources) {
        resources
                .addResourceHandler("/docs/*.html", "/docs/*.js", "/docs/*.css", "/docs/*.png")
                // Ours first: the library has a page of its own, which shows another's API
                .addResourceLocations(
                        "classpath:/app/veza/server/docs/",
                        "classpath:/META-INF/resources/webjars/swagger-ui/" + version() + "/")
                .setCacheControl(HOUR);
    }

    /** Stands in the paths of what the library brings. */
    private static String version() {
        try (InputStream file =
                DocsPage.class.getResourceAsStream("/META-INF/maven/org.webjars/swagger-ui/pom.properties")) {
            Properties properties = new Properties();
            properties.load(file);
            return properties.getProperty("version");
        } catch (IOException failure) {
            throw new UncheckedIOException("The page's library does not tell its version", failure);
        }
    }

    @Override
    public void addViewControllers(ViewControllerRegistry views) {
        views.addRedirectViewController("/docs", "/docs/index.html");
        views.addRedirectViewController("/docs/", "/docs/index.html");
    }
}
