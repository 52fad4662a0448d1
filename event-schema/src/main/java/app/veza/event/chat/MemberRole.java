package app.veza.event.chat;

/** What a member may do in a room, each including the one before. */
public enum MemberRole {
    MEMBER,
    MODERATOR,
    OWNER
}
