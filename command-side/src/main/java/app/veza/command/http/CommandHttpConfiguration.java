package app.veza.command.http;

import java.util.List;
import java.util.UUID;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.converter.Converter;
import org.springframework.format.FormatterRegistry;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Makes {@link Caller}, {@link CommandRequest} and ids in paths arguments of endpoints. */
@Configuration(proxyBeanMethods = false)
class CommandHttpConfiguration implements WebMvcConfigurer {

    private final CommandKeys keys;

    CommandHttpConfiguration(CommandKeys keys) {
        this.keys = keys;
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new CallerArgument());
        resolvers.add(new CommandRequestArgument(keys));
    }

    /** An id that is none is malformed, 400, whether or not something of that kind could exist. */
    @Override
    public void addFormatters(FormatterRegistry registry) {
        // Not a lambda: Spring reads the converter's types from its class
        registry.addConverter(new Converter<String, UUID>() {
            @Override
            public UUID convert(String text) {
                return StrictUuid.parse(text)
                        .orElseThrow(() -> new IllegalArgumentException("An id is a UUID in its canonical form."));
            }
        });
    }
}
