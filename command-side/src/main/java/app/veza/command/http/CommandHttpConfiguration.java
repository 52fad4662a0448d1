package app.veza.command.http;

import app.veza.command.History;
import java.util.List;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Makes {@link Caller}, {@link CommandRequest} and {@link LogRead} arguments of endpoints. */
@Configuration(proxyBeanMethods = false)
class CommandHttpConfiguration implements WebMvcConfigurer {

    private final CommandKeys keys;
    private final History history;

    CommandHttpConfiguration(CommandKeys keys, History history) {
        this.keys = keys;
        this.history = history;
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new CallerArgument());
        resolvers.add(new CommandRequestArgument(keys));
        resolvers.add(new LogReadArgument(history));
    }
}
