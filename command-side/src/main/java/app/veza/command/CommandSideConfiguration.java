package app.veza.command;

import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.RestController;

/**
 * Finds every use case below this package, without its doors in HTTP: those are {@link CommandDoors}. Whoever imports it supplies
 * a {@link CommandSideConfig}, a {@code CommandExecutor} and an {@code EventStorageEngine}, and registers {@link UseCases} with Axon.
 */
@Configuration(proxyBeanMethods = false)
@ComponentScan(excludeFilters = @ComponentScan.Filter(RestController.class))
public class CommandSideConfiguration {

    /** In microseconds, as the log and the databases keep times: what an event says is what is read of it everywhere. */
    @Bean
    InstantSource commandSideClock() {
        return Clock.tick(Clock.systemUTC(), Duration.of(1, ChronoUnit.MICROS));
    }
}
