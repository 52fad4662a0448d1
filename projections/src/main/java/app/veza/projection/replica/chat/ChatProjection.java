package app.veza.projection.replica.chat;

import static app.veza.projection.jooq.chat.Tables.MESSAGE;
import static app.veza.projection.jooq.chat.Tables.ROOM;

import app.veza.event.chat.MemberJoined;
import app.veza.event.chat.MemberLeft;
import app.veza.event.chat.MessageSent;
import app.veza.event.chat.RoomCreated;
import app.veza.projection.rows.Batch;
import app.veza.projection.rows.Names;
import app.veza.projection.rows.Rows;
import app.veza.projectionengine.Recorded;
import app.veza.projectionengine.SqlProjection;
import app.veza.projectionengine.Target;
import java.util.List;
import java.util.Set;
import org.jooq.DSLContext;

/** Rooms, who is in them, and what was said. */
public final class ChatProjection implements SqlProjection {

    @Override
    public String name() {
        return "chat";
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
        return "readmodel/chat/tables.sql";
    }

    @Override
    public String views() {
        return "readmodel/chat/views.sql";
    }

    @Override
    public Set<String> eventTypes() {
        return Batch.types(RoomCreated.class, MemberJoined.class, MemberLeft.class, MessageSent.class);
    }

    /** Rooms come first: what else the batch says about a new room finds its row. */
    @Override
    public void apply(DSLContext tx, List<Recorded<?>> batch) {
        List<Recorded<MessageSent>> messages = Batch.only(MessageSent.class, batch);
        create(tx, Batch.only(RoomCreated.class, batch));
        insert(tx, messages);

        RoomChanges changes = new RoomChanges();
        messages.forEach(message -> changes.said(message.event().roomId(), message.position()));
        MembershipChanges.in(batch).apply(tx, changes);
        changes.apply(tx);
    }

    private static void create(DSLContext tx, List<Recorded<RoomCreated>> created) {
        Rows.of(created)
                .with(ROOM.ROOM_ID, room -> room.event().roomId())
                .with(ROOM.NAME, room -> room.event().name())
                .with(ROOM.TOPIC, room -> room.event().topic())
                .with(ROOM.VISIBILITY, room -> Names.of(room.event().visibility()))
                .with(ROOM.CREATOR_ID, room -> room.event().creatorId())
                .with(ROOM.CREATED_POSITION, Recorded::position)
                .with(ROOM.CREATED_AT, Recorded::timestamp)
                .with(ROOM.LAST_POSITION, Recorded::position)
                .insertInto(tx, ROOM);
    }

    private static void insert(DSLContext tx, List<Recorded<MessageSent>> sent) {
        Rows.of(sent)
                .with(MESSAGE.ROOM_ID, message -> message.event().roomId())
                .with(MESSAGE.POSITION, Recorded::position)
                .with(MESSAGE.MESSAGE_ID, message -> message.event().messageId())
                .with(MESSAGE.SENDER_ID, message -> message.event().senderId())
                .with(MESSAGE.TEXT, message -> message.event().text())
                .with(MESSAGE.SENT_AT, Recorded::timestamp)
                .with(MESSAGE.REPLY_TO, message -> message.event().replyTo())
                .with(MESSAGE.CLIENT_MESSAGE_ID, message -> message.event().clientMessageId())
                .insertInto(tx, MESSAGE);
    }
}
