package app.veza.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What it finds is tested by the drills of damage. */
class LogAuditorTest {

    /** Else the alarm for an audit that is late could not go off where none was ever completed. */
    @Test
    void itsAgeGrowsFromItsStartWhileItCannotVerifyAnything() {
        var metrics = new SimpleMeterRegistry();
        EventLogConfig nobody = EventLogConfig.defaults("nats://127.0.0.1:1", Path.of("none"));
        try (LogAuditor auditor = LogAuditor.start(nobody, new LogAuditor.Settings(1, Duration.ZERO), metrics)) {
            await().until(() -> !auditor.status().trouble().isEmpty());
            Gauge age = metrics.get("event.log.audit.age").gauge();
            await().until(() -> age.value() > 0.1);
            assertThat(age.value()).isLessThan(60);
            assertThat(auditor.status().completed()).isEmpty();
        }
    }
}
