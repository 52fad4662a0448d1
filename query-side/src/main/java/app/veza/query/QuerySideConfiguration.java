package app.veza.query;

import app.veza.query.http.ContentETags;
import app.veza.query.http.Reads;
import app.veza.stores.ReadPositions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;

/** All views. Who imports it provides what their constructors ask for: see the README. */
@Configuration(proxyBeanMethods = false)
@ComponentScan
public class QuerySideConfiguration {

    @Bean
    Reads reads(ReadPositions positions) {
        return new Reads(positions);
    }

    @Bean
    ContentETags contentETags() {
        return new ContentETags();
    }
}
