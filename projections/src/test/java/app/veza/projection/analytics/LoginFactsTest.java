package app.veza.projection.analytics;

import static app.veza.projection.kit.Events.id;
import static app.veza.projection.kit.Events.loggedIn;
import static app.veza.projection.kit.Events.loginFailed;
import static org.assertj.core.api.Assertions.assertThat;

import app.veza.projection.analytics.logins.LoginFactsProjection;
import app.veza.projection.kit.History;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LoginFactsTest {

    @Test
    void attemptsAndTheirSumsByHourAndDay() throws Exception {
        History history = new History();
        Instant expiry = History.timeOf(1_000_000);
        history.append(Instant.parse("2026-03-01T22:59:59.999999999Z"), loginFailed("ada"));
        history.append(
                Instant.parse("2026-03-01T23:00:00Z"),
                loginFailed("ada"),
                loggedIn("ada", "a", expiry),
                loggedIn("bob", "b", expiry));
        history.append(Instant.parse("2026-03-02T00:00:00Z"), loggedIn("ada", "c", expiry));
        try (Facts facts = new Facts(new LoginFactsProjection(), history)) {
            assertThat(facts.query("select position, date_utc, person_id, session_id, succeeded from view.fact_logins "
                            + "where position in (2, 3) order by 1"))
                    .containsExactly(
                            "2,2026-03-01,%s,,f".formatted(id("ada")),
                            "3,2026-03-01,%s,%s,t".formatted(id("ada"), id("a")));
            assertThat(facts.query("select * from view.logins_hourly order by 1"))
                    .containsExactly("2026-03-01 22:00:00,0,1", "2026-03-01 23:00:00,2,1", "2026-03-02 00:00:00,1,0");
            assertThat(facts.query("select * from view.logins_daily order by 1"))
                    .containsExactly("2026-03-01,2,2", "2026-03-02,1,0");
            assertThat(facts.query("select * from view.fact_logins").toString()).doesNotContain("192.0.2.7", "agent");
        }
    }
}
