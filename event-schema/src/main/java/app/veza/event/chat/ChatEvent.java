package app.veza.event.chat;

import app.veza.event.VezaEvent;

/** What happens in rooms. */
public sealed interface ChatEvent extends VezaEvent
        permits RoomCreated,
                RoomChanged,
                RoomClosed,
                DirectRoomOpened,
                MemberJoined,
                MemberLeft,
                MemberRoleChanged,
                MemberMuted,
                MemberUnmuted,
                MemberBanned,
                MemberUnbanned,
                SlowModeChanged,
                MessageSent,
                MessageEdited,
                MessageDeleted,
                MessageRead,
                MessageReported,
                ReactionAdded,
                ReactionRemoved,
                AttachmentOffered {}
