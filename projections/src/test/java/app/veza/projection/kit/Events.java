package app.veza.projection.kit;

import app.veza.event.chat.MemberJoined;
import app.veza.event.chat.MemberLeft;
import app.veza.event.chat.MemberRole;
import app.veza.event.chat.MessageSent;
import app.veza.event.chat.RoomCreated;
import app.veza.event.chat.Visibility;
import app.veza.event.identity.LoggedIn;
import app.veza.event.identity.LoginFailed;
import app.veza.event.identity.PersonRegistered;
import app.veza.event.identity.SessionEnded;
import app.veza.event.streaming.StreamCreated;
import app.veza.event.streaming.StreamStopped;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Events as tests write them: everything that does not matter to the test has a value already. */
public final class Events {

    private Events() {}

    /** The same name gives the same id, so a failure can be read. */
    public static UUID id(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    public static PersonRegistered registered(String name) {
        return new PersonRegistered(
                id(name),
                name,
                name.toLowerCase(Locale.ROOT),
                name + " Display",
                name.toLowerCase(Locale.ROOT) + "@example.org",
                "$argon2id$v=19$m=16,t=1,p=1$c2FsdHNhbHQ$aGFzaGhhc2g");
    }

    public static LoggedIn loggedIn(String name, String session, Instant expiresAt) {
        return new LoggedIn(id(session), id(name), "192.0.2.7", "test agent", "hash", expiresAt);
    }

    public static LoginFailed loginFailed(String name) {
        return new LoginFailed(id(name), "192.0.2.7", null);
    }

    public static SessionEnded loggedOut(String name, String session) {
        return new SessionEnded(id(session), id(name), SessionEnded.Reason.LOGGED_OUT, id(name));
    }

    public static RoomCreated publicRoom(String room, String creator) {
        return new RoomCreated(id(room), id(creator), room, null, Visibility.PUBLIC);
    }

    public static RoomCreated privateRoom(String room, String creator) {
        return new RoomCreated(id(room), id(creator), room, "only for " + creator, Visibility.PRIVATE);
    }

    public static MemberJoined owns(String room, String name) {
        return new MemberJoined(id(room), id(name), MemberRole.OWNER, id(name));
    }

    public static MemberJoined joined(String room, String name) {
        return new MemberJoined(id(room), id(name), MemberRole.MEMBER, id(name));
    }

    public static MemberLeft left(String room, String name) {
        return new MemberLeft(id(room), id(name), id(name));
    }

    /** A message whose id is {@code id(text)}. */
    public static MessageSent said(String room, String name, String text) {
        return answered(room, name, text, null);
    }

    public static MessageSent answered(String room, String name, String text, @Nullable String replyTo) {
        return new MessageSent(
                id(room),
                id(text),
                id(name),
                text,
                text.codePointCount(0, text.length()),
                replyTo == null ? null : id(replyTo),
                List.of(),
                List.of());
    }

    public static StreamCreated streamCreated(String stream, String broadcaster) {
        return new StreamCreated(
                id(stream), id(broadcaster), stream, null, app.veza.event.streaming.Visibility.PUBLIC, true);
    }

    public static StreamCreated privateStream(String stream, String broadcaster) {
        return new StreamCreated(
                id(stream), id(broadcaster), stream, "a rehearsal", app.veza.event.streaming.Visibility.PRIVATE, false);
    }

    public static StreamStopped streamStopped(String stream, String broadcaster) {
        return new StreamStopped(id(stream), id(broadcaster));
    }
}
