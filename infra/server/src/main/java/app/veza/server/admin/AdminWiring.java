package app.veza.server.admin;

import app.veza.event.EventTypes;
import app.veza.eventstore.EventLog;
import app.veza.eventstore.axon.PersonalTags;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/** What the engineer's doors share. */
@Configuration(proxyBeanMethods = false)
class AdminWiring {

    @Bean
    EventFilter eventFilter(EventLog log, PersonalTags personalTags) {
        return new EventFilter(log::types, EventTypes.byName().keySet(), personalTags);
    }

    @Bean
    LogPlaces logPlaces(EventLog log, InstantSource clock) {
        return new LogPlaces(log, clock);
    }

    @Bean
    StillEngineer stillEngineer(JwtDecoder tokens) {
        return new StillEngineer(tokens);
    }

    @Bean
    EventStreams eventStreams() {
        return new EventStreams();
    }
}
