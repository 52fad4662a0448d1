package app.veza.command;

import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;

/**
 * Finds every use case below this package. Whoever imports it supplies a {@link CommandSideConfig}, a
 * {@code CommandExecutor} and an {@code EventStorageEngine}, and registers {@link UseCases} with Axon.
 */
@Configuration(proxyBeanMethods = false)
@ComponentScan
public class CommandSideConfiguration {

    @Bean
    InstantSource commandSideClock() {
        return InstantSource.system();
    }
}
