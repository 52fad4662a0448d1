package app.veza.event.chat;

import app.veza.event.VezaEvent;

/** What happens in rooms. */
public sealed interface ChatEvent extends VezaEvent permits RoomCreated, MemberJoined, MemberLeft, MessageSent {}
