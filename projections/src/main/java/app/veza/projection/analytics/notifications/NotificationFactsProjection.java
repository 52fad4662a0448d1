package app.veza.projection.analytics.notifications;

import app.veza.event.EventTags;
import app.veza.event.notification.NotificationDelivered;
import app.veza.event.notification.NotificationFailed;
import app.veza.event.notification.NotificationRaised;
import app.veza.event.notification.NotificationRead;
import app.veza.projection.rows.Batch;
import app.veza.projectionengine.LoggedEvent;
import app.veza.projectionengine.Recorded;
import app.veza.projectionengine.Slicing;
import app.veza.projectionengine.SqlProjection;
import app.veza.projectionengine.Target;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jooq.DSLContext;

/** Facts: notifications from being raised to being read, and the outcome of delivering them on each channel. */
public final class NotificationFactsProjection implements SqlProjection {

    @Override
    public String name() {
        return "notification_facts";
    }

    @Override
    public int version() {
        return 2;
    }

    @Override
    public Target target() {
        return Target.ANALYTICS;
    }

    @Override
    public String tables() {
        return "readmodel/notification_facts/tables.sql";
    }

    @Override
    public String views() {
        return "readmodel/notification_facts/views.sql";
    }

    @Override
    public boolean readsPersonal() {
        return false;
    }

    @Override
    public Set<String> eventTypes() {
        return Batch.types(
                NotificationRaised.class,
                NotificationDelivered.class,
                NotificationFailed.class,
                NotificationRead.class);
    }

    @Override
    public String sequenceKey(LoggedEvent event) {
        return Batch.person(event);
    }

    @Override
    public Optional<Slicing> slicing() {
        return Optional.of(Slicing.by(EventTags.PERSON, "person_id"));
    }

    /** A notification is raised before anything becomes of it, so these steps keep the order that matters. */
    @Override
    public void apply(DSLContext tx, List<Recorded<?>> batch) {
        NotificationChanges notifications = new NotificationChanges();
        notifications.raise(tx, Batch.only(NotificationRaised.class, batch));
        notifications.read(tx, Batch.only(NotificationRead.class, batch));
        notifications.write(tx);
        Deliveries.of(batch).write(tx);
    }
}
