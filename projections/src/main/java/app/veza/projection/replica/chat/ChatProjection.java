package app.veza.projection.replica.chat;

import static app.veza.projection.jooq.chat.Tables.ATTACHMENT;

import app.veza.event.EventTags;
import app.veza.event.chat.AttachmentOffered;
import app.veza.event.chat.DirectRoomOpened;
import app.veza.event.chat.MemberBanned;
import app.veza.event.chat.MemberJoined;
import app.veza.event.chat.MemberLeft;
import app.veza.event.chat.MemberMuted;
import app.veza.event.chat.MemberRoleChanged;
import app.veza.event.chat.MemberUnbanned;
import app.veza.event.chat.MemberUnmuted;
import app.veza.event.chat.MessageDeleted;
import app.veza.event.chat.MessageEdited;
import app.veza.event.chat.MessageRead;
import app.veza.event.chat.MessageSent;
import app.veza.event.chat.ReactionAdded;
import app.veza.event.chat.ReactionRemoved;
import app.veza.event.chat.RoomChanged;
import app.veza.event.chat.RoomClosed;
import app.veza.event.chat.RoomCreated;
import app.veza.event.chat.SlowModeChanged;
import app.veza.event.identity.PersonErased;
import app.veza.projection.rows.Batch;
import app.veza.projection.rows.Rows;
import app.veza.projection.rows.Statements;
import app.veza.projectionengine.Recorded;
import app.veza.projectionengine.Slicing;
import app.veza.projectionengine.SqlProjection;
import app.veza.projectionengine.Target;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jooq.DSLContext;

/** Rooms, who is in them, and what is said there. */
public final class ChatProjection implements SqlProjection {

    @Override
    public String name() {
        return "chat";
    }

    @Override
    public int version() {
        return 5;
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
        return Batch.types(
                RoomCreated.class,
                DirectRoomOpened.class,
                RoomChanged.class,
                RoomClosed.class,
                SlowModeChanged.class,
                MemberJoined.class,
                MemberLeft.class,
                MemberRoleChanged.class,
                MemberMuted.class,
                MemberUnmuted.class,
                MemberBanned.class,
                MemberUnbanned.class,
                MessageSent.class,
                MessageEdited.class,
                MessageDeleted.class,
                MessageRead.class,
                ReactionAdded.class,
                ReactionRemoved.class,
                AttachmentOffered.class,
                PersonErased.class);
    }

    @Override
    public Optional<Slicing> slicing() {
        return Optional.of(Slicing.by(EventTags.ROOM, "room_id").withEverywhere(Batch.types(PersonErased.class)));
    }

    /** One pass folds the batch, by kind of row; then each kind is written, in the order in which they need each other. */
    @Override
    public void apply(DSLContext tx, List<Recorded<?>> batch) {
        RoomChanges rooms = new RoomChanges();
        MembershipChanges memberships = new MembershipChanges();
        RestrictionChanges restrictions = new RestrictionChanges();
        MessageChanges messages = new MessageChanges();
        ReactionChanges reactions = new ReactionChanges();
        for (Recorded<?> recorded : batch) {
            long position = recorded.position();
            switch (recorded.event()) {
                case RoomCreated room -> rooms.created(recorded, room);
                case DirectRoomOpened room -> rooms.opened(recorded, room);
                case RoomChanged room -> rooms.changed(room);
                case RoomClosed room -> rooms.closed(recorded, room);
                case SlowModeChanged room -> rooms.slowed(room);
                case MemberJoined joined -> memberships.joined(recorded, joined);
                case MemberLeft left -> memberships.left(left);
                case MemberRoleChanged changed -> memberships.roleChanged(changed);
                case MessageRead read -> memberships.read(read.roomId(), read.personId(), read.messagePosition());
                case MemberMuted mute -> restrictions.muted(mute, position);
                case MemberUnmuted mute -> restrictions.unmuted(mute);
                case MemberBanned ban -> restrictions.banned(ban, position);
                case MemberUnbanned ban -> restrictions.unbanned(ban);
                case MessageSent message -> {
                    messages.sent(recorded, message);
                    rooms.said(message.roomId(), position);
                    memberships.read(message.roomId(), message.senderId(), position);
                }
                case MessageEdited message -> messages.edited(recorded, message);
                case MessageDeleted message -> messages.deleted(recorded, message);
                case ReactionAdded reaction -> reactions.added(reaction, position);
                case ReactionRemoved reaction -> reactions.removed(reaction);
                case AttachmentOffered file -> {} // below, they are only inserted
                case PersonErased gone -> messages.erased(gone.personId());
                default -> throw new IllegalArgumentException("Not one of eventTypes: " + recorded.event());
            }
        }
        Statements statements = new Statements(tx);
        rooms.create(statements);
        rooms.tell(tx, statements);
        messages.apply(tx, statements);
        memberships.apply(tx, statements, rooms);
        rooms.count(tx, statements);
        restrictions.apply(tx, statements);
        reactions.apply(tx, statements);
        offer(statements, Batch.only(AttachmentOffered.class, batch));
        statements.send();
    }

    private static void offer(Statements statements, List<Recorded<AttachmentOffered>> offered) {
        statements.insert(
                Rows.of(offered)
                        .with(ATTACHMENT.ATTACHMENT_ID, file -> file.event().attachmentId())
                        .with(ATTACHMENT.OWNER_ID, file -> file.event().ownerId())
                        .with(ATTACHMENT.CONTENT_TYPE, file -> file.event().contentType())
                        .with(ATTACHMENT.SIZE, file -> file.event().size()),
                ATTACHMENT);
    }
}
