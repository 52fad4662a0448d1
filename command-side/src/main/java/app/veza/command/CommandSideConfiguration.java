package app.veza.command;

import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;

/**
 * Finds every use case below this package. Whoever imports it supplies a {@link CommandSideConfig}, a
 * {@code CommandExecutor}, an {@code EventStorageEngine} and an {@code EventConverter}, and lets {@link CommandSide} register
 * with Axon.
 */
@Configuration(proxyBeanMethods = false)
@ComponentScan
public class CommandSideConfiguration {

    @Bean
    InstantSource commandSideClock() {
        return InstantSource.system();
    }
}
