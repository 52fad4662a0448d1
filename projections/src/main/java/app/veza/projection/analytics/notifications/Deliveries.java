package app.veza.projection.analytics.notifications;

import static app.veza.projection.jooq.notification_facts.Tables.DELIVERY;
import static app.veza.projection.jooq.notification_facts.Tables.DELIVERY_HOUR;
import static app.veza.projection.jooq.notification_facts.Tables.NOTIFICATION;
import static org.jooq.impl.DSL.select;

import app.veza.event.notification.NotificationChannel;
import app.veza.event.notification.NotificationDelivered;
import app.veza.event.notification.NotificationFailed;
import app.veza.projection.analytics.RollUp;
import app.veza.projection.rows.Names;
import app.veza.projection.rows.Rows;
import app.veza.projectionengine.Recorded;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Table;

/** Outcomes of deliveries in a batch, counted in the hour in which the notification was raised. */
final class Deliveries {

    private record Outcome(
            long position,
            Instant at,
            UUID notification,
            UUID person,
            NotificationChannel channel,
            boolean delivered,
            int attempts) {}

    private record ChannelHour(Instant hour, String kind, String channel) {}

    private final List<Outcome> outcomes = new ArrayList<>();
    private final RollUp<ChannelHour> hours = RollUp.<ChannelHour>into(
                    DELIVERY_HOUR,
                    List.of(
                            DELIVERY_HOUR.DELIVERED,
                            DELIVERY_HOUR.FAILED,
                            DELIVERY_HOUR.ATTEMPTS,
                            DELIVERY_HOUR.LATENCY_MILLIS))
            .by(DELIVERY_HOUR.HOUR, ChannelHour::hour)
            .by(DELIVERY_HOUR.KIND, ChannelHour::kind)
            .by(DELIVERY_HOUR.CHANNEL, ChannelHour::channel);

    private Deliveries() {}

    static Deliveries of(List<Recorded<?>> batch) {
        Deliveries deliveries = new Deliveries();
        batch.forEach(deliveries::fold);
        return deliveries;
    }

    private void fold(Recorded<?> recorded) {
        switch (recorded.event()) {
            case NotificationDelivered it ->
                outcomes.add(new Outcome(
                        recorded.position(),
                        recorded.timestamp(),
                        it.notificationId(),
                        it.personId(),
                        it.channel(),
                        true,
                        it.attempts()));
            case NotificationFailed it ->
                outcomes.add(new Outcome(
                        recorded.position(),
                        recorded.timestamp(),
                        it.notificationId(),
                        it.personId(),
                        it.channel(),
                        false,
                        it.attempts()));
            default -> {}
        }
    }

    void write(DSLContext tx) {
        if (outcomes.isEmpty()) {
            return;
        }
        Table<Record> batch = Rows.of(outcomes)
                .with(DELIVERY.POSITION, Outcome::position)
                .with(DELIVERY.OCCURRED_AT, Outcome::at)
                .with(DELIVERY.NOTIFICATION_ID, Outcome::notification)
                .with(DELIVERY.PERSON_ID, Outcome::person)
                .with(DELIVERY.CHANNEL, outcome -> Names.of(outcome.channel()))
                .with(DELIVERY.DELIVERED, Outcome::delivered)
                .with(DELIVERY.ATTEMPTS, Outcome::attempts)
                .asTable();
        // an outcome of a notification that was never raised has no kind: it is refused, not lost
        tx.insertInto(DELIVERY)
                .columns(
                        DELIVERY.POSITION,
                        DELIVERY.OCCURRED_AT,
                        DELIVERY.NOTIFICATION_ID,
                        DELIVERY.PERSON_ID,
                        DELIVERY.KIND,
                        DELIVERY.CHANNEL,
                        DELIVERY.DELIVERED,
                        DELIVERY.ATTEMPTS,
                        DELIVERY.RAISED_AT)
                .select(select(
                                batch.field(DELIVERY.POSITION),
                                batch.field(DELIVERY.OCCURRED_AT),
                                batch.field(DELIVERY.NOTIFICATION_ID),
                                batch.field(DELIVERY.PERSON_ID),
                                NOTIFICATION.KIND,
                                batch.field(DELIVERY.CHANNEL),
                                batch.field(DELIVERY.DELIVERED),
                                batch.field(DELIVERY.ATTEMPTS),
                                NOTIFICATION.RAISED_AT)
                        .from(batch)
                        .leftJoin(NOTIFICATION)
                        .on(NOTIFICATION.NOTIFICATION_ID.eq(batch.field(DELIVERY.NOTIFICATION_ID))))
                .returningResult(
                        DELIVERY.RAISED_AT,
                        DELIVERY.KIND,
                        DELIVERY.CHANNEL,
                        DELIVERY.DELIVERED,
                        DELIVERY.ATTEMPTS,
                        DELIVERY.OCCURRED_AT)
                .forEach(row -> count(
                        new ChannelHour(RollUp.hour(row.value1()), row.value2(), row.value3()),
                        row.value4(),
                        row.value5(),
                        Duration.between(row.value1(), row.value6())));
        hours.write(tx);
    }

    private void count(ChannelHour hour, boolean delivered, int attempts, Duration latency) {
        hours.add(hour, DELIVERY_HOUR.DELIVERED, delivered ? 1 : 0);
        hours.add(hour, DELIVERY_HOUR.FAILED, delivered ? 0 : 1);
        hours.add(hour, DELIVERY_HOUR.ATTEMPTS, attempts);
        hours.add(hour, DELIVERY_HOUR.LATENCY_MILLIS, delivered ? latency.toMillis() : 0);
    }
}
