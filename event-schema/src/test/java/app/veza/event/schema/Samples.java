package app.veza.event.schema;

import app.veza.event.Erased;
import app.veza.event.EventTypes;
import app.veza.event.VezaEvent;
import app.veza.event.chat.AttachmentOffered;
import app.veza.event.chat.DirectRoomOpened;
import app.veza.event.chat.MemberBanned;
import app.veza.event.chat.MemberJoined;
import app.veza.event.chat.MemberLeft;
import app.veza.event.chat.MemberMuted;
import app.veza.event.chat.MemberRole;
import app.veza.event.chat.MemberRoleChanged;
import app.veza.event.chat.MemberUnbanned;
import app.veza.event.chat.MemberUnmuted;
import app.veza.event.chat.MessageDeleted;
import app.veza.event.chat.MessageEdited;
import app.veza.event.chat.MessageRead;
import app.veza.event.chat.MessageReported;
import app.veza.event.chat.MessageSent;
import app.veza.event.chat.ReactionAdded;
import app.veza.event.chat.ReactionRemoved;
import app.veza.event.chat.RoomChanged;
import app.veza.event.chat.RoomClosed;
import app.veza.event.chat.RoomCreated;
import app.veza.event.chat.SlowModeChanged;
import app.veza.event.identity.ClaimedEmailReused;
import app.veza.event.identity.EmailVerificationRequested;
import app.veza.event.identity.EmailVerified;
import app.veza.event.identity.LoggedIn;
import app.veza.event.identity.LoginFailed;
import app.veza.event.identity.LoginsDelayed;
import app.veza.event.identity.MailWithheld;
import app.veza.event.identity.PasswordChanged;
import app.veza.event.identity.PasswordResetRequested;
import app.veza.event.identity.PersonBlocked;
import app.veza.event.identity.PersonErased;
import app.veza.event.identity.PersonRegistered;
import app.veza.event.identity.PersonUnblocked;
import app.veza.event.identity.PrivilegedRequestMade;
import app.veza.event.identity.ProfileChanged;
import app.veza.event.identity.ProviderLinked;
import app.veza.event.identity.ProviderUnlinked;
import app.veza.event.identity.RecoveryCodeUsed;
import app.veza.event.identity.RecoveryCodesIssued;
import app.veza.event.identity.Role;
import app.veza.event.identity.RolesChanged;
import app.veza.event.identity.SessionEnded;
import app.veza.event.identity.SessionRefreshed;
import app.veza.event.identity.TotpConfirmed;
import app.veza.event.identity.TotpEnrolled;
import app.veza.event.identity.TotpRemoved;
import app.veza.event.identity.TotpUsed;
import app.veza.event.notification.NotificationChannel;
import app.veza.event.notification.NotificationDelivered;
import app.veza.event.notification.NotificationFailed;
import app.veza.event.notification.NotificationKind;
import app.veza.event.notification.NotificationPreferenceChanged;
import app.veza.event.notification.NotificationRaised;
import app.veza.event.notification.NotificationRead;
import app.veza.event.notification.WebhookChanged;
import app.veza.event.notification.WebhookDisabled;
import app.veza.event.notification.WebhookEnabled;
import app.veza.event.notification.WebhookRegistered;
import app.veza.event.notification.WebhookRemoved;
import app.veza.event.notification.WebhookSecretRotated;
import app.veza.event.notification.WebhookTestRequested;
import app.veza.event.notification.WebhookType;
import app.veza.event.streaming.GuestInvited;
import app.veza.event.streaming.GuestRemoved;
import app.veza.event.streaming.ListenerJoined;
import app.veza.event.streaming.ListenerLeft;
import app.veza.event.streaming.RecordingDeleted;
import app.veza.event.streaming.RecordingReady;
import app.veza.event.streaming.SegmentsStored;
import app.veza.event.streaming.StreamCreated;
import app.veza.event.streaming.StreamDescribed;
import app.veza.event.streaming.StreamInterrupted;
import app.veza.event.streaming.StreamResumed;
import app.veza.event.streaming.StreamStopped;
import app.veza.event.streaming.StreamWentLive;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What every sample means: one record an event, every component present. The samples of older revisions must decode to it too, so
 * a new component has the value here that the upcaster gives it.
 */
final class Samples {

    private static final UUID ADA = UUID.fromString("0198a2b4-0000-7000-8000-000000000001");
    private static final UUID BOB = UUID.fromString("0198a2b4-0000-7000-8000-000000000002");
    private static final UUID SESSION = UUID.fromString("0198a2b4-0000-7000-8000-000000000003");
    private static final UUID ROOM = UUID.fromString("0198a2b4-0000-7000-8000-000000000004");
    private static final UUID MESSAGE = UUID.fromString("0198a2b4-0000-7000-8000-000000000005");
    private static final UUID EARLIER = UUID.fromString("0198a2b4-0000-7000-8000-000000000006");
    private static final UUID STREAM = UUID.fromString("0198a2b4-0000-7000-8000-000000000007");
    private static final UUID LISTENING = UUID.fromString("0198a2b4-0000-7000-8000-000000000008");
    private static final UUID NOTIFICATION = UUID.fromString("0198a2b4-0000-7000-8000-000000000009");
    private static final UUID ATTACHMENT = UUID.fromString("0198a2b4-0000-7000-8000-000000000010");
    private static final UUID PAIR = UUID.fromString("0198a2b4-0000-3000-8000-000000000011");
    private static final UUID WEBHOOK = UUID.fromString("0198a2b4-0000-7000-8000-000000000012");

    private static final UUID REQUEST = UUID.fromString("0198a2b4-0000-7000-8000-00000000000a");

    private static final String TOKEN_HASH = "n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg";
    private static final String PASSWORD_HASH =
            "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$Rjx5PU5LOSJXgzsOr9yZBQZkmDJzVnpYyQ7nMbxGZ5I";

    private static final Map<String, VezaEvent> BY_NAME = List.<VezaEvent>of(
                    new PersonRegistered(ADA, "Adaé", "adaé", "Ada Lovelace 🎹", "ada@example.org", PASSWORD_HASH),
                    new LoggedIn(
                            SESSION,
                            ADA,
                            "2001:db8::7",
                            "curl/8.5.0",
                            TOKEN_HASH,
                            Instant.parse("2026-12-31T23:59:59.123456Z")),
                    new LoginFailed(ADA, "192.0.2.7", "curl/8.5.0"),
                    new LoginsDelayed(ADA, "192.0.2.7", Instant.parse("2026-12-31T23:59:59.123456Z")),
                    new TotpEnrolled(ADA, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"),
                    new TotpConfirmed(ADA, 59_999_999),
                    new TotpUsed(ADA, 60_000_000),
                    new TotpRemoved(ADA),
                    new RecoveryCodesIssued(ADA, TOKEN_HASH, true),
                    new RecoveryCodeUsed(ADA, 0, 9),
                    new SessionRefreshed(SESSION, ADA, TOKEN_HASH),
                    new SessionEnded(SESSION, ADA, SessionEnded.Reason.LOGGED_OUT, ADA),
                    new EmailVerificationRequested(
                            ADA,
                            REQUEST,
                            "Ada@example.org",
                            "ada@example.org",
                            Instant.parse("2026-12-31T23:59:59.123456Z")),
                    new ClaimedEmailReused(ADA),
                    new PasswordResetRequested(ADA, REQUEST, Erased.TEXT, Instant.parse("2026-12-31T23:59:59.123456Z")),
                    new MailWithheld(ADA, REQUEST),
                    new EmailVerified(ADA, "Ada@example.org", "ada@example.org"),
                    new ProfileChanged(ADA, "Ada, comtesse de Lovelace"),
                    new PasswordChanged(ADA, PASSWORD_HASH, true),
                    new RolesChanged(ADA, List.of(Role.USER, Role.MODERATOR), BOB),
                    new ProviderLinked(ADA, "google", "https://accounts.google.com 110169484474386276334"),
                    new ProviderUnlinked(ADA, "google", "https://accounts.google.com 110169484474386276334"),
                    new PersonErased(ADA),
                    new RoomCreated(
                            ROOM, ADA, "Salle d'écoute", "Ce qui passe ce soir", app.veza.event.chat.Visibility.PUBLIC),
                    new MemberJoined(ROOM, BOB, MemberRole.MEMBER, ADA),
                    new MemberLeft(ROOM, BOB, ADA),
                    new RoomChanged(ROOM, ADA, "Salle d'écoute nº 2", "Ce qui passe demain"),
                    new RoomClosed(ROOM, ADA),
                    new DirectRoomOpened(ROOM, PAIR, ADA, BOB),
                    new MemberRoleChanged(ROOM, BOB, MemberRole.MODERATOR, ADA),
                    new MemberMuted(ROOM, BOB, ADA, Instant.parse("2026-12-31T23:59:59Z")),
                    new MemberUnmuted(ROOM, BOB, ADA),
                    new MemberBanned(ROOM, BOB, ADA),
                    new MemberUnbanned(ROOM, BOB, ADA),
                    new SlowModeChanged(ROOM, ADA, 30),
                    new MessageSent(ROOM, MESSAGE, ADA, "Salut \"Bob\" 👋\n", 14, EARLIER, List.of(), List.of()),
                    new MessageEdited(ROOM, MESSAGE, ADA, "Salut @Bob", 10, List.of(BOB)),
                    new MessageDeleted(ROOM, MESSAGE, ADA, BOB),
                    new MessageRead(ROOM, BOB, MESSAGE, 1_234_567_890_123L),
                    new MessageReported(ROOM, MESSAGE, BOB, ADA, "Ce n'est pas drôle"),
                    new ReactionAdded(ROOM, MESSAGE, BOB, "👍🏽"),
                    new ReactionRemoved(ROOM, MESSAGE, BOB, "👍🏽"),
                    new AttachmentOffered(ATTACHMENT, ADA, "image/png", 5_000_000_000L),
                    new PersonBlocked(ADA, BOB, PAIR),
                    new PersonUnblocked(ADA, BOB, PAIR),
                    new PrivilegedRequestMade(
                            ADA, "PUT", "/api/users/{id}/roles", "/api/users/" + BOB + "/roles", 200, "2001:db8::7"),
                    new StreamCreated(
                            STREAM,
                            ADA,
                            "Nuit blanche",
                            "Vinyles, sans pause",
                            app.veza.event.streaming.Visibility.PRIVATE,
                            true),
                    new StreamWentLive(STREAM, ADA, "audio/webm"),
                    new StreamInterrupted(STREAM, ADA),
                    new StreamResumed(STREAM, ADA, 4_096),
                    new StreamDescribed(STREAM, ADA, "Nuit blanche", "Vinyles, sans pause", "Nina Simone – Sinnerman"),
                    new SegmentsStored(STREAM, ADA, 30, 15, 30_720, 737_280, -16.4, 512),
                    new StreamStopped(STREAM, ADA),
                    new RecordingReady(STREAM, ADA, 3_600_000, 57_600_000),
                    new RecordingDeleted(STREAM, ADA, BOB),
                    new ListenerJoined(STREAM, BOB, LISTENING),
                    new ListenerLeft(STREAM, BOB, LISTENING, 61_440, ListenerLeft.Reason.LEFT),
                    new GuestInvited(STREAM, BOB, ADA),
                    new GuestRemoved(STREAM, BOB, ADA),
                    new NotificationRaised(NOTIFICATION, BOB, NotificationKind.MENTION, ADA, ROOM, MESSAGE, STREAM),
                    new NotificationDelivered(NOTIFICATION, BOB, NotificationChannel.EMAIL, 2),
                    new NotificationFailed(NOTIFICATION, BOB, NotificationChannel.PUSH, 5, "The subscription is gone"),
                    new NotificationRead(NOTIFICATION, BOB),
                    new NotificationPreferenceChanged(BOB, NotificationKind.REPLY, NotificationChannel.SMS, false),
                    new WebhookRegistered(
                            WEBHOOK,
                            ADA,
                            ROOM,
                            List.of(WebhookType.MESSAGE_SENT, WebhookType.MEMBER_LEFT),
                            "https://ada.example/veza?token=t-1",
                            "To the engine",
                            "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="),
                    new WebhookChanged(
                            WEBHOOK,
                            ADA,
                            List.of(WebhookType.MESSAGE_DELETED),
                            "https://ada.example/veza?token=t-2",
                            "To the other engine"),
                    new WebhookSecretRotated(
                            WEBHOOK,
                            ADA,
                            "whsec_Hx4dHBsaGRgXFhUUExIREA8ODQwLCgkIBwYFBAMCAQA=",
                            Instant.parse("2026-12-31T23:59:59.123456Z")),
                    new WebhookEnabled(WEBHOOK, ADA),
                    new WebhookDisabled(WEBHOOK, ADA, WebhookDisabled.Cause.GONE),
                    new WebhookTestRequested(WEBHOOK, ADA),
                    new WebhookRemoved(WEBHOOK, ADA))
            .stream()
            .collect(Collectors.toUnmodifiableMap(event -> EventTypes.nameOf(event.getClass()), Function.identity()));

    private Samples() {}

    static VezaEvent of(String name) {
        VezaEvent sample = BY_NAME.get(name);
        if (sample == null) {
            throw new IllegalStateException("Add a sample of " + name + " to " + Samples.class.getSimpleName());
        }
        return sample;
    }
}
