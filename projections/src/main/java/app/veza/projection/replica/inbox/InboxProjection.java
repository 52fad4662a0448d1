package app.veza.projection.replica.inbox;

import static app.veza.projection.jooq.inbox.Tables.NOTIFICATION;
import static app.veza.projection.jooq.inbox.Tables.PREFERENCE;

import app.veza.event.EventTags;
import app.veza.event.notification.NotificationChannel;
import app.veza.event.notification.NotificationKind;
import app.veza.event.notification.NotificationPreferenceChanged;
import app.veza.event.notification.NotificationRaised;
import app.veza.event.notification.NotificationRead;
import app.veza.projection.rows.Batch;
import app.veza.projection.rows.Names;
import app.veza.projection.rows.Rows;
import app.veza.projectionengine.LoggedEvent;
import app.veza.projectionengine.Recorded;
import app.veza.projectionengine.Slicing;
import app.veza.projectionengine.SqlProjection;
import app.veza.projectionengine.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Table;

/** What people were told of, what of it they have seen, and what they want to be told of. */
public final class InboxProjection implements SqlProjection {

    private record Choice(UUID person, String kind, String channel) {}

    private record Seen(UUID person, UUID notification, Instant at) {}

    @Override
    public String name() {
        return "inbox";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Target target() {
        return Target.PRIMARY;
    }

    @Override
    public String tables() {
        return "readmodel/inbox/tables.sql";
    }

    @Override
    public String views() {
        return "readmodel/inbox/views.sql";
    }

    @Override
    public boolean readsPersonal() {
        return false;
    }

    @Override
    public Set<String> eventTypes() {
        return Batch.types(NotificationRaised.class, NotificationRead.class, NotificationPreferenceChanged.class);
    }

    /** One person's events in order: whether something is kept depends on what they chose before. */
    @Override
    public String sequenceKey(LoggedEvent event) {
        return Batch.person(event);
    }

    @Override
    public Optional<Slicing> slicing() {
        return Optional.of(Slicing.by(EventTags.PERSON, "person_id"));
    }

    @Override
    public void apply(DSLContext tx, List<Recorded<?>> batch) {
        // 1. fold: what stands at the end of the batch
        Map<Choice, Boolean> choices = new LinkedHashMap<>();
        Set<Choice> refused = refusedBefore(tx, batch);
        List<Recorded<NotificationRaised>> raised = new ArrayList<>();
        Map<UUID, Seen> seen = new LinkedHashMap<>();
        for (Recorded<?> recorded : batch) {
            switch (recorded.event()) {
                case NotificationPreferenceChanged changed -> {
                    Choice choice = choice(changed);
                    choices.put(choice, changed.wanted());
                    if (changed.wanted()) {
                        refused.remove(choice);
                    } else {
                        refused.add(choice);
                    }
                }
                case NotificationRaised notification -> {
                    if (!mayBeRefused(notification) || !refused.contains(inInbox(notification))) {
                        raised.add(new Recorded<>(recorded.position(), recorded.timestamp(), notification));
                    }
                }
                case NotificationRead read ->
                    seen.putIfAbsent(
                            read.notificationId(),
                            new Seen(read.personId(), read.notificationId(), recorded.timestamp()));
                default -> throw new IllegalArgumentException("Not one of eventTypes: " + recorded.event());
            }
        }
        // 2. write it, one statement a table and kind of change; what is raised before what is read of it
        Rows.of(raised)
                .with(
                        NOTIFICATION.PERSON_ID,
                        notification -> notification.event().personId())
                .with(NOTIFICATION.POSITION, Recorded::position)
                .with(
                        NOTIFICATION.NOTIFICATION_ID,
                        notification -> notification.event().notificationId())
                .with(
                        NOTIFICATION.KIND,
                        notification -> Names.of(notification.event().kind()))
                .with(
                        NOTIFICATION.ACTOR_ID,
                        notification -> notification.event().actorId())
                .with(NOTIFICATION.ROOM_ID, notification -> notification.event().roomId())
                .with(
                        NOTIFICATION.MESSAGE_ID,
                        notification -> notification.event().messageId())
                .with(
                        NOTIFICATION.STREAM_ID,
                        notification -> notification.event().streamId())
                .with(NOTIFICATION.RAISED_AT, Recorded::timestamp)
                .insertInto(tx, NOTIFICATION);
        markRead(tx, seen);
        choose(tx, choices);
    }

    /** Of those for whom the batch raises something: what they did not want in their inbox before it. */
    private static Set<Choice> refusedBefore(DSLContext tx, List<Recorded<?>> batch) {
        Set<Choice> asked = new HashSet<>();
        for (Recorded<NotificationRaised> raised : Batch.only(NotificationRaised.class, batch)) {
            if (mayBeRefused(raised.event())) {
                asked.add(inInbox(raised.event()));
            }
        }
        if (asked.isEmpty()) {
            return asked;
        }
        return new HashSet<>(tx.select(PREFERENCE.PERSON_ID, PREFERENCE.KIND, PREFERENCE.CHANNEL)
                .from(PREFERENCE)
                .where(keys(asked).matches())
                .and(PREFERENCE.WANTED.isFalse())
                .fetch(row -> new Choice(row.value1(), row.value2(), row.value3())));
    }

    private static void markRead(DSLContext tx, Map<UUID, Seen> seen) {
        if (seen.isEmpty()) {
            return;
        }
        Table<Record> rows = Rows.of(seen.values())
                .with(NOTIFICATION.PERSON_ID, Seen::person)
                .with(NOTIFICATION.NOTIFICATION_ID, Seen::notification)
                .with(NOTIFICATION.READ_AT, Seen::at)
                .asTable();
        tx.update(NOTIFICATION)
                .set(NOTIFICATION.READ_AT, rows.field(NOTIFICATION.READ_AT))
                .from(rows)
                .where(NOTIFICATION.PERSON_ID.eq(rows.field(NOTIFICATION.PERSON_ID)))
                .and(NOTIFICATION.NOTIFICATION_ID.eq(rows.field(NOTIFICATION.NOTIFICATION_ID)))
                .and(NOTIFICATION.READ_AT.isNull())
                .execute();
    }

    private static void choose(DSLContext tx, Map<Choice, Boolean> choices) {
        if (choices.isEmpty()) {
            return;
        }
        tx.deleteFrom(PREFERENCE).where(keys(choices.keySet()).matches()).execute();
        Rows.of(choices.entrySet())
                .with(PREFERENCE.PERSON_ID, choice -> choice.getKey().person())
                .with(PREFERENCE.KIND, choice -> choice.getKey().kind())
                .with(PREFERENCE.CHANNEL, choice -> choice.getKey().channel())
                .with(PREFERENCE.WANTED, Map.Entry::getValue)
                .insertInto(tx, PREFERENCE);
    }

    private static Rows<Choice> keys(Set<Choice> choices) {
        return Rows.of(choices)
                .with(PREFERENCE.PERSON_ID, Choice::person)
                .with(PREFERENCE.KIND, Choice::kind)
                .with(PREFERENCE.CHANNEL, Choice::channel);
    }

    private static Choice choice(NotificationPreferenceChanged changed) {
        return new Choice(changed.personId(), Names.of(changed.kind()), Names.of(changed.channel()));
    }

    private static boolean mayBeRefused(NotificationRaised raised) {
        return raised.kind() != NotificationKind.SECURITY;
    }

    private static Choice inInbox(NotificationRaised raised) {
        return new Choice(raised.personId(), Names.of(raised.kind()), Names.of(NotificationChannel.INBOX));
    }
}
