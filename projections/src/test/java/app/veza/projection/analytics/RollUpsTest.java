package app.veza.projection.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import app.veza.projection.analytics.logins.LoginFactsProjection;
import app.veza.projection.analytics.messages.MessageFactsProjection;
import app.veza.projection.analytics.notifications.NotificationFactsProjection;
import app.veza.projection.analytics.people.PeopleFactsProjection;
import app.veza.projection.analytics.streams.StreamFactsProjection;
import app.veza.projectionengine.SqlProjection;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens, and wherever batches end, the sums are those of the facts. */
class RollUpsTest {

    private static final int EVENTS = 250;

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void messages(long seed) throws Exception {
        same(new MessageFactsProjection(), seed, "select * from view.messages_hourly", """
                select date_trunc('hour', occurred_at, 'UTC'), room_id, count(*), count(*) filter (where reply),
                    sum(text_length), sum(mentions), sum(attachments), sum(edits), sum(reactions), count(deleted_at)
                from view.fact_messages group by 1, 2""");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void logins(long seed) throws Exception {
        same(new LoginFactsProjection(), seed, "select * from view.logins_hourly", """
                select date_trunc('hour', occurred_at, 'UTC'), count(*) filter (where succeeded),
                    count(*) filter (where not succeeded)
                from view.fact_logins group by 1""");
    }

    /** Each listening is cut at the hours by PostgreSQL here. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void listening(long seed) throws Exception {
        same(
                new StreamFactsProjection(),
                seed,
                "select hour, stream_id, round(listened_seconds::numeric, 1) from view.listening_hourly where listened_seconds > 1",
                """
                select * from (
                    select hour, stream_id, round(sum(extract(epoch from
                        least(left_at, hour + interval '1 hour') - greatest(joined_at, hour))), 1) as seconds
                    from view.fact_listening
                    cross join lateral generate_series(date_trunc('hour', joined_at, 'UTC'), left_at, interval '1 hour') as hour
                    group by 1, 2) h
                where seconds > 1""");
        same(new StreamFactsProjection(), seed, """
                select * from (
                    select stream_id, (array_agg(listeners order by at desc))[1] as listeners
                    from view.stream_audience group by 1) a
                where listeners > 0""", """
                select stream_id, count(*) from view.fact_listening where left_at is null group by 1""");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void notifications(long seed) throws Exception {
        same(new NotificationFactsProjection(), seed, "select * from view.notifications_hourly", """
                select date_trunc('hour', raised_at, 'UTC'), kind, count(*), count(read_at)
                from view.fact_notifications group by 1, 2""");
        same(
                new NotificationFactsProjection(),
                seed,
                "select hour, kind, channel, delivered, failed, attempts from view.deliveries_hourly",
                """
                select date_trunc('hour', raised_at, 'UTC'), kind, channel, count(*) filter (where delivered),
                    count(*) filter (where not delivered), sum(attempts)
                from view.fact_deliveries group by 1, 2, 3""");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void activePeople(long seed) throws Exception {
        same(
                new PeopleFactsProjection(),
                seed,
                "select date, sum(people) from view.active_people_hourly group by 1",
                """
                select date, sum(length(replace(hours::bit(24)::text, '0', ''))) from view.fact_activity group by 1""");
    }

    private static void same(SqlProjection projection, long seed, String sums, String facts) throws Exception {
        try (Facts filled = new Facts(projection, RandomEvenings.of(seed, EVENTS))) {
            assertThat(filled.query(sums)).isNotEmpty().containsExactlyInAnyOrderElementsOf(filled.query(facts));
        }
    }
}
