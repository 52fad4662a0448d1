package app.veza.command.notification.registerwebhook;

import static app.veza.command.Rejection.Kind.CONFLICT;
import static app.veza.command.Rejection.Kind.FORBIDDEN;
import static app.veza.command.Rejection.Kind.INVALID;
import static app.veza.command.Rejection.Kind.NOT_FOUND;
import static app.veza.command.Rejection.Kind.UNAUTHENTICATED;
import static org.assertj.core.api.Assertions.assertThat;

import app.veza.command.Scenario;
import app.veza.event.VezaEvent;
import app.veza.event.chat.DirectRoomOpened;
import app.veza.event.chat.MemberJoined;
import app.veza.event.chat.MemberLeft;
import app.veza.event.chat.MemberRole;
import app.veza.event.chat.MemberRoleChanged;
import app.veza.event.chat.RoomClosed;
import app.veza.event.chat.RoomCreated;
import app.veza.event.chat.Visibility;
import app.veza.event.identity.PersonErased;
import app.veza.event.identity.Role;
import app.veza.event.identity.RolesChanged;
import app.veza.event.notification.WebhookRegistered;
import app.veza.event.notification.WebhookRemoved;
import app.veza.event.notification.WebhookType;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RegisterWebhookTest {

    private static final List<WebhookType> SENT = List.of(WebhookType.MESSAGE_SENT);
    private static final List<WebhookType> STARTED = List.of(WebhookType.STREAM_STARTED);
    private static final String URL = "https://hooks.example/veza";

    private final UUID webhook = UUID.randomUUID();
    private final UUID room = UUID.randomUUID();
    private final UUID owner = UUID.randomUUID();
    private final UUID ann = UUID.randomUUID();

    private final RoomCreated privateRoom = new RoomCreated(room, owner, "Board", null, Visibility.PRIVATE);
    private final RoomCreated publicRoom = new RoomCreated(room, owner, "Quay", null, Visibility.PUBLIC);
    private final MemberJoined ownerIn = new MemberJoined(room, owner, MemberRole.OWNER, owner);
    private final MemberJoined annIn = new MemberJoined(room, ann, MemberRole.MODERATOR, owner);

    private final Scenario<RegisterWebhook, RegisterWebhookHandler.State> scenario =
            Scenario.of(new RegisterWebhookHandler());

    private RegisterWebhook by(UUID person, @Nullable UUID ofRoom, List<WebhookType> types) {
        return new RegisterWebhook(webhook, person, ofRoom, types, URL, null, "To the engine", "whsec_c2VjcmV0");
    }

    private RegisterWebhook elsewhere(UUID person, @Nullable UUID ofRoom, List<WebhookType> types) {
        return new RegisterWebhook(
                webhook, person, ofRoom, types, "https://10.0.0.1/", "must be public", null, "whsec_c2VjcmV0");
    }

    private WebhookRegistered registered(UUID id, UUID person, @Nullable UUID ofRoom, List<WebhookType> types) {
        return new WebhookRegistered(id, person, ofRoom, types, URL, "To the engine", "whsec_c2VjcmV0");
    }

    @Nested
    class OfARoom {

        @Test
        void isForItsOwners() {
            scenario.given(privateRoom, ownerIn)
                    .when(by(owner, room, SENT))
                    .then(registered(webhook, owner, room, SENT));
        }

        @Test
        void isForNobodyElse() {
            scenario.given(privateRoom, ownerIn, annIn)
                    .when(by(ann, room, SENT))
                    .thenRejected(FORBIDDEN, "forbidden");
            scenario.given(privateRoom, ownerIn).when(by(ann, room, SENT)).thenRejected(NOT_FOUND, "not-found");
            scenario.given(publicRoom, ownerIn).when(by(ann, room, SENT)).thenRejected(FORBIDDEN, "not-a-member");
            scenario.given().when(by(ann, room, SENT)).thenRejected(NOT_FOUND, "not-found");
        }

        @Test
        void isNotForModeratorsOfThePlatform() {
            scenario.given(publicRoom, ownerIn, new RolesChanged(ann, List.of(Role.USER, Role.MODERATOR), owner))
                    .when(by(ann, room, SENT))
                    .thenRejected(FORBIDDEN, "not-a-member");
        }

        @Test
        void isNotForWhoWasAnOwner() {
            scenario.given(privateRoom, ownerIn, new MemberRoleChanged(room, owner, MemberRole.MODERATOR, ann))
                    .when(by(owner, room, SENT))
                    .thenRejected(FORBIDDEN, "forbidden");
            scenario.given(privateRoom, ownerIn, new MemberLeft(room, owner, owner))
                    .when(by(owner, room, SENT))
                    .thenRejected(NOT_FOUND, "not-found");
        }

        @Test
        void isNotOfWhatIsOver() {
            scenario.given(privateRoom, ownerIn, new RoomClosed(room, owner))
                    .when(by(owner, room, SENT))
                    .thenRejected(CONFLICT, "room-closed");
        }

        @Test
        void isNotOfADirectOneWhichIsNobodys() {
            scenario.given(
                            new DirectRoomOpened(room, UUID.randomUUID(), owner, ann),
                            new MemberJoined(room, owner, MemberRole.MEMBER, owner))
                    .when(by(owner, room, SENT))
                    .thenRejected(FORBIDDEN, "forbidden");
        }

        @Test
        void tellsOfNoStreams() {
            scenario.given(privateRoom, ownerIn).when(by(owner, room, STARTED)).thenRejected(INVALID, "invalid");
        }

        @Test
        void isDecidedAgainWhenItsOwnerGoes() {
            assertThat(scenario.given(privateRoom, ownerIn)
                            .isOvertakenBy(new MemberLeft(room, owner, owner), by(owner, room, SENT)))
                    .isTrue();
        }
    }

    @Nested
    class OfStreams {

        @Test
        void isForEverybody() {
            scenario.given().when(by(ann, null, STARTED)).then(registered(webhook, ann, null, STARTED));
        }

        @Test
        void tellsOfNoRoom() {
            scenario.given().when(by(ann, null, SENT)).thenRejected(INVALID, "invalid");
        }
    }

    @Test
    void whereItMayNotBeToldItIsRefused() {
        scenario.given().when(elsewhere(ann, null, STARTED)).thenRejected(INVALID, "invalid");
        scenario.given(privateRoom, ownerIn).when(elsewhere(ann, room, SENT)).thenRejected(NOT_FOUND, "not-found");
    }

    @Test
    void twentyAreEnough() {
        List<VezaEvent> nineteen =
                new ArrayList<>(Stream.generate(() -> registered(UUID.randomUUID(), ann, null, STARTED))
                        .limit(19)
                        .toList());
        UUID last = UUID.randomUUID();
        List<VezaEvent> twenty = new ArrayList<>(nineteen);
        twenty.add(registered(last, ann, null, STARTED));
        List<VezaEvent> oneRemoved = new ArrayList<>(twenty);
        oneRemoved.add(new WebhookRemoved(last, ann));

        scenario.given(nineteen.toArray(VezaEvent[]::new))
                .when(by(ann, null, STARTED))
                .then(registered(webhook, ann, null, STARTED));
        scenario.given(twenty.toArray(VezaEvent[]::new))
                .when(by(ann, null, STARTED))
                .thenRejected(CONFLICT, "too-many-webhooks");
        scenario.given(oneRemoved.toArray(VezaEvent[]::new))
                .when(by(ann, null, STARTED))
                .then(registered(webhook, ann, null, STARTED));
    }

    @Test
    void whoIsErasedRegistersNone() {
        scenario.given(new PersonErased(ann))
                .when(by(ann, null, STARTED))
                .thenRejected(UNAUTHENTICATED, "unauthenticated");
    }

    @Test
    void whatIsSecretIsInNoLogLine() {
        assertThat(by(ann, null, STARTED).toString()).doesNotContain("hooks.example", "whsec_", "engine");
        assertThat(registered(webhook, ann, null, STARTED).toString())
                .doesNotContain("hooks.example", "whsec_", "engine");
    }
}
