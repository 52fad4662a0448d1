package app.veza.projection.analytics;

import static app.veza.projection.kit.Events.id;
import static app.veza.projection.kit.Events.loggedIn;
import static app.veza.projection.kit.Events.registered;
import static app.veza.projection.kit.Events.said;
import static app.veza.projection.kit.MessageEvents.deleted;
import static app.veza.projection.kit.MessageEvents.reacted;
import static app.veza.projection.kit.MessageEvents.readUpTo;
import static app.veza.projection.kit.StreamEvents.listens;
import static app.veza.projection.kit.StreamEvents.wentLive;
import static org.assertj.core.api.Assertions.assertThat;

import app.veza.event.identity.EmailVerified;
import app.veza.event.identity.PersonErased;
import app.veza.event.identity.Role;
import app.veza.event.identity.RolesChanged;
import app.veza.projection.analytics.people.PeopleFactsProjection;
import app.veza.projection.kit.History;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeopleFactsTest {

    private static final Instant EXPIRY = Instant.parse("2027-01-01T00:00:00Z");

    @Test
    void peopleWithoutAWordAboutWhoTheyAre() throws Exception {
        History history = new History();
        history.append(
                registered("ada"),
                registered("bob"),
                new EmailVerified(id("ada"), "ada@example.org", "ada@example.org"),
                new RolesChanged(id("ada"), List.of(Role.USER, Role.ADMIN), null),
                new RolesChanged(id("bob"), List.of(Role.USER, Role.ANALYST), id("ada")),
                new RolesChanged(id("bob"), List.of(Role.USER), id("ada")),
                new EmailVerified(id("ada"), "ada@example.com", "ada@example.com"),
                new PersonErased(id("bob")));
        try (Facts facts = new Facts(new PeopleFactsProjection(), history)) {
            assertThat(facts.query(
                            "select person_id, position, registered_on, registered_week, email_verified_at, roles, erased_at "
                                    + "from view.dim_people order by 2"))
                    .containsExactly(
                            "%s,1,2026-03-01,2026-02-23,2026-03-01 12:00:03,{user,admin},".formatted(id("ada")),
                            "%s,2,2026-03-01,2026-02-23,,{user},2026-03-01 12:00:08".formatted(id("bob")));
            assertThat(facts.one("select * from view.new_people_daily")).isEqualTo("2026-03-01,2,1,1");
            assertThat(facts.query("select * from view.dim_people").toString()).doesNotContain("example", "ada");
        }
    }

    @Test
    void whoDidWhatOnWhichDayAndHour() throws Exception {
        History history = new History();
        history.append(
                Instant.parse("2026-03-01T09:59:59Z"),
                loggedIn("ada", "a", EXPIRY),
                said("hall", "ada", "hello"),
                readUpTo("hall", "bob", "hello", 2));
        history.append(Instant.parse("2026-03-01T23:59:59Z"), reacted("hall", "ada", "hello"), wentLive("jazz", "ada"));
        history.append(Instant.parse("2026-03-02T00:00:00Z"), listens("jazz", "ada", "one"));
        history.append(Instant.parse("2026-03-09T00:00:00Z"), deleted("hall", "ada", "hello"));
        history.append(Instant.parse("2026-04-01T00:00:00Z"), loggedIn("bob", "b", EXPIRY));
        try (Facts facts = new Facts(new PeopleFactsProjection(), history)) {
            assertThat(facts.query("select date, position, hours, logged_in, chatted, read, listened, broadcast "
                            + "from view.fact_activity order by 2"))
                    .containsExactly(
                            "2026-03-01,1,8389120,t,t,f,f,t",
                            "2026-03-01,3,512,f,f,t,f,f",
                            "2026-03-02,6,1,f,f,f,t,f",
                            "2026-03-09,7,1,f,t,f,f,f",
                            "2026-04-01,8,1,t,f,f,f,f");
            assertThat(facts.query("select hour, people from view.active_people_hourly order by 1"))
                    .containsExactly(
                            "2026-03-01 09:00:00,2",
                            "2026-03-01 23:00:00,1",
                            "2026-03-02 00:00:00,1",
                            "2026-03-09 00:00:00,1",
                            "2026-04-01 00:00:00,1");
            assertThat(facts.query("select * from view.active_people_daily order by 1"))
                    .contains("2026-03-01,2,1,1,1,0,1", "2026-03-02,1,0,0,0,1,0");
            assertThat(facts.query("select * from view.active_people_weekly order by 1"))
                    .containsExactly("2026-02-23,2", "2026-03-02,1", "2026-03-09,1", "2026-03-30,1");
            assertThat(facts.query("select * from view.active_people_monthly order by 1"))
                    .containsExactly("2026-03-01,2", "2026-04-01,1");
        }
    }

    @Test
    void cohortsOfWeeksAndWhoOfThemCameBack() throws Exception {
        History history = new History();
        history.append(Instant.parse("2026-03-02T10:00:00Z"), registered("ada"), registered("bob"), registered("eve"));
        history.append(Instant.parse("2026-03-03T10:00:00Z"), said("hall", "ada", "1"), said("hall", "bob", "2"));
        history.append(Instant.parse("2026-03-09T10:00:00Z"), registered("dan"), said("hall", "ada", "3"));
        history.append(Instant.parse("2026-03-17T10:00:00Z"), new PersonErased(id("eve")), said("hall", "dan", "4"));
        history.append(Instant.parse("2026-03-23T10:00:00Z"), said("hall", "ada", "5"));
        try (Facts facts = new Facts(new PeopleFactsProjection(), history)) {
            assertThat(facts.query("select * from view.retention_weekly order by 1, 2"))
                    .containsExactly(
                            "2026-03-02,0,3,2,0.6667",
                            "2026-03-02,1,3,1,0.3333",
                            "2026-03-02,2,3,0,0.0000",
                            "2026-03-02,3,3,1,0.3333",
                            "2026-03-09,0,1,0,0.0000",
                            "2026-03-09,1,1,1,1.0000",
                            "2026-03-09,2,1,0,0.0000");
            assertThat(facts.one("select count(*), min(weekday_name) filter (where date = '2026-03-01'), "
                            + "count(*) filter (where weekend and year = 2026) from view.dim_dates"))
                    .isEqualTo("10958,Sunday,104");
        }
    }
}
