package app.veza.projection.analytics.notifications;

import static app.veza.projection.jooq.notification_facts.Tables.NOTIFICATION;
import static app.veza.projection.jooq.notification_facts.Tables.NOTIFICATION_HOUR;

import app.veza.event.notification.NotificationRaised;
import app.veza.event.notification.NotificationRead;
import app.veza.projection.analytics.RollUp;
import app.veza.projection.rows.Names;
import app.veza.projection.rows.Rows;
import app.veza.projectionengine.Recorded;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Table;

/** Notifications of a batch and which of all were read; both are counted in the hour in which one was raised. */
final class NotificationChanges {

    private record KindHour(Instant hour, String kind) {}

    private final RollUp<KindHour> hours = RollUp.<KindHour>into(
                    NOTIFICATION_HOUR, List.of(NOTIFICATION_HOUR.RAISED, NOTIFICATION_HOUR.READ))
            .by(NOTIFICATION_HOUR.HOUR, KindHour::hour)
            .by(NOTIFICATION_HOUR.KIND, KindHour::kind);

    void raise(DSLContext tx, List<Recorded<NotificationRaised>> raised) {
        Rows.of(raised)
                .with(NOTIFICATION.NOTIFICATION_ID, one -> one.event().notificationId())
                .with(NOTIFICATION.POSITION, Recorded::position)
                .with(NOTIFICATION.RAISED_AT, Recorded::timestamp)
                .with(NOTIFICATION.PERSON_ID, one -> one.event().personId())
                .with(NOTIFICATION.KIND, one -> Names.of(one.event().kind()))
                .with(NOTIFICATION.ACTOR_ID, one -> one.event().actorId())
                .with(NOTIFICATION.ROOM_ID, one -> one.event().roomId())
                .with(NOTIFICATION.STREAM_ID, one -> one.event().streamId())
                .insertInto(tx, NOTIFICATION);
        raised.forEach(one -> hours.add(
                new KindHour(RollUp.hour(one.timestamp()), Names.of(one.event().kind())), NOTIFICATION_HOUR.RAISED, 1));
    }

    /** Whoever reads one twice has read it once. */
    void read(DSLContext tx, List<Recorded<NotificationRead>> read) {
        if (read.isEmpty()) {
            return;
        }
        Map<UUID, Recorded<NotificationRead>> first = new LinkedHashMap<>();
        read.forEach(one -> first.putIfAbsent(one.event().notificationId(), one));
        Table<Record> batch = Rows.of(first.values())
                .with(NOTIFICATION.NOTIFICATION_ID, one -> one.event().notificationId())
                .with(NOTIFICATION.READ_POSITION, Recorded::position)
                .with(NOTIFICATION.READ_AT, Recorded::timestamp)
                .asTable();
        tx.update(NOTIFICATION)
                .set(NOTIFICATION.READ_POSITION, batch.field(NOTIFICATION.READ_POSITION))
                .set(NOTIFICATION.READ_AT, batch.field(NOTIFICATION.READ_AT))
                .from(batch)
                .where(NOTIFICATION.NOTIFICATION_ID.eq(batch.field(NOTIFICATION.NOTIFICATION_ID)))
                .and(NOTIFICATION.READ_AT.isNull())
                .returningResult(NOTIFICATION.RAISED_AT, NOTIFICATION.KIND)
                .forEach(one ->
                        hours.add(new KindHour(RollUp.hour(one.value1()), one.value2()), NOTIFICATION_HOUR.READ, 1));
    }

    void write(DSLContext tx) {
        hours.write(tx);
    }
}
