package app.veza.projection.analytics;

import static app.veza.event.notification.NotificationChannel.EMAIL;
import static app.veza.event.notification.NotificationChannel.INBOX;
import static app.veza.event.notification.NotificationKind.MENTION;
import static app.veza.event.notification.NotificationKind.SECURITY;
import static app.veza.projection.kit.Events.id;
import static app.veza.projection.kit.NotificationEvents.delivered;
import static app.veza.projection.kit.NotificationEvents.failed;
import static app.veza.projection.kit.NotificationEvents.raised;
import static app.veza.projection.kit.NotificationEvents.seen;
import static org.assertj.core.api.Assertions.assertThat;

import app.veza.projection.analytics.notifications.NotificationFactsProjection;
import app.veza.projection.kit.History;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class NotificationFactsTest {

    @Test
    void fromRaisingToReadingCountedWhereItWasRaised() throws Exception {
        History history = new History();
        history.append(
                Instant.parse("2026-03-01T23:59:58Z"),
                raised("one", "ada", MENTION, "bob"),
                raised("two", "bob", MENTION, "ada"),
                raised("three", "ada", SECURITY, "ada"));
        history.append(
                Instant.parse("2026-03-02T00:00:00.500Z"),
                delivered("one", "ada", INBOX),
                delivered("one", "ada", EMAIL),
                failed("two", "bob", EMAIL));
        history.append(
                Instant.parse("2026-03-02T00:01:00Z"), seen("one", "ada"), seen("one", "ada"), seen("three", "ada"));
        try (Facts facts = new Facts(new NotificationFactsProjection(), history)) {
            assertThat(facts.query("select position, person_id, kind, actor_id, read_position, read_at "
                            + "from view.fact_notifications order by 1"))
                    .containsExactly(
                            "1,%s,mention,%s,7,2026-03-02 00:01:00".formatted(id("ada"), id("bob")),
                            "2,%s,mention,%s,,".formatted(id("bob"), id("ada")),
                            "3,%s,security,%s,9,2026-03-02 00:01:00".formatted(id("ada"), id("ada")));
            assertThat(facts.query("select position, kind, channel, delivered, attempts, latency_seconds "
                            + "from view.fact_deliveries order by 1"))
                    .containsExactly("4,mention,inbox,t,1,2.5", "5,mention,email,t,1,2.5", "6,mention,email,f,5,2.5");
            assertThat(facts.query("select * from view.notifications_hourly order by 1, 2"))
                    .containsExactly("2026-03-01 23:00:00,mention,2,1", "2026-03-01 23:00:00,security,1,1");
            assertThat(facts.query("select * from view.notifications_daily order by 1, 2"))
                    .containsExactly("2026-03-01,mention,2,1", "2026-03-01,security,1,1");
            assertThat(facts.query("select * from view.deliveries_hourly order by 1, 2, 3"))
                    .containsExactly(
                            "2026-03-01 23:00:00,mention,email,1,1,6,0.5000,2.5",
                            "2026-03-01 23:00:00,mention,inbox,1,0,1,1.0000,2.5");
            assertThat(facts.query("select * from view.deliveries_daily order by 1, 2, 3"))
                    .containsExactly(
                            "2026-03-01,mention,email,1,1,6,0.5000,2.5", "2026-03-01,mention,inbox,1,0,1,1.0000,2.5");
        }
    }
}
