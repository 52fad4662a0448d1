package app.veza.projection.analytics.messages;

import app.veza.event.EventTags;
import app.veza.event.chat.DirectRoomOpened;
import app.veza.event.chat.MemberJoined;
import app.veza.event.chat.MemberLeft;
import app.veza.event.chat.MessageDeleted;
import app.veza.event.chat.MessageEdited;
import app.veza.event.chat.MessageReported;
import app.veza.event.chat.MessageSent;
import app.veza.event.chat.ReactionAdded;
import app.veza.event.chat.ReactionRemoved;
import app.veza.event.chat.RoomChanged;
import app.veza.event.chat.RoomClosed;
import app.veza.event.chat.RoomCreated;
import app.veza.projection.rows.Batch;
import app.veza.projection.rows.Statements;
import app.veza.projectionengine.Recorded;
import app.veza.projectionengine.Slicing;
import app.veza.projectionengine.SqlProjection;
import app.veza.projectionengine.Target;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jooq.DSLContext;

/** Dimension of rooms; fact: one row for each message sent, how long it was and what became of it, not what it said. */
public final class MessageFactsProjection implements SqlProjection {

    @Override
    public String name() {
        return "message_facts";
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
        return "readmodel/message_facts/tables.sql";
    }

    @Override
    public String views() {
        return "readmodel/message_facts/views.sql";
    }

    @Override
    public boolean readsPersonal() {
        return false;
    }

    @Override
    public Set<String> eventTypes() {
        return Batch.types(
                RoomCreated.class,
                DirectRoomOpened.class,
                RoomChanged.class,
                RoomClosed.class,
                MemberJoined.class,
                MemberLeft.class,
                MessageSent.class,
                MessageEdited.class,
                MessageDeleted.class,
                MessageReported.class,
                ReactionAdded.class,
                ReactionRemoved.class);
    }

    @Override
    public Optional<Slicing> slicing() {
        return Optional.of(Slicing.by(EventTags.ROOM, "room_id"));
    }

    @Override
    public void apply(DSLContext tx, List<Recorded<?>> batch) {
        RoomChanges rooms = new RoomChanges();
        MessageChanges messages = new MessageChanges();
        for (Recorded<?> recorded : batch) {
            rooms.fold(recorded);
            messages.fold(recorded);
        }
        Statements statements = new Statements(tx);
        rooms.write(tx, statements);
        messages.write(tx, statements, Batch.only(MessageSent.class, batch));
        statements.send();
    }
}
