package app.veza.command.http;

import java.util.List;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Makes {@link Caller} and {@link CommandRequest} arguments of endpoints. */
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
}
