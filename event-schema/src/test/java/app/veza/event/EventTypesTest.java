package app.veza.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventTypesTest {

    private static final Set<String> TAG_KEYS = Set.of(
            EventTags.PERSON,
            EventTags.USERNAME,
            EventTags.EMAIL,
            EventTags.EXTERNAL,
            EventTags.SESSION,
            EventTags.ROOM,
            EventTags.MESSAGE,
            EventTags.STREAM,
            EventTags.NOTIFICATION,
            EventTags.ATTACHMENT,
            EventTags.WEBHOOK,
            EventTags.PAIR);

    static Stream<Map.Entry<String, Class<? extends VezaEvent>>> events() {
        return EventTypes.byName().entrySet().stream();
    }

    @Test
    void allEventsOfAllContextsAreKnownByName() {
        assertThat(EventTypes.byName().keySet())
                .containsExactlyInAnyOrder(
                        "identity.PersonRegistered",
                        "identity.LoggedIn",
                        "identity.LoginFailed",
                        "identity.LoginsDelayed",
                        "identity.TotpEnrolled",
                        "identity.TotpConfirmed",
                        "identity.TotpUsed",
                        "identity.TotpRemoved",
                        "identity.RecoveryCodesIssued",
                        "identity.RecoveryCodeUsed",
                        "identity.SessionRefreshed",
                        "identity.SessionEnded",
                        "identity.EmailVerificationRequested",
                        "identity.ClaimedEmailReused",
                        "identity.PasswordResetRequested",
                        "identity.MailWithheld",
                        "identity.EmailVerified",
                        "identity.ProfileChanged",
                        "identity.PasswordChanged",
                        "identity.RolesChanged",
                        "identity.ProviderLinked",
                        "identity.ProviderUnlinked",
                        "identity.PersonErased",
                        "identity.PersonBlocked",
                        "identity.PersonUnblocked",
                        "identity.PrivilegedRequestMade",
                        "chat.RoomCreated",
                        "chat.RoomChanged",
                        "chat.RoomClosed",
                        "chat.DirectRoomOpened",
                        "chat.MemberJoined",
                        "chat.MemberLeft",
                        "chat.MemberRoleChanged",
                        "chat.MemberMuted",
                        "chat.MemberUnmuted",
                        "chat.MemberBanned",
                        "chat.MemberUnbanned",
                        "chat.SlowModeChanged",
                        "chat.MessageSent",
                        "chat.MessageEdited",
                        "chat.MessageDeleted",
                        "chat.MessageRead",
                        "chat.MessageReported",
                        "chat.ReactionAdded",
                        "chat.ReactionRemoved",
                        "chat.AttachmentOffered",
                        "streaming.StreamCreated",
                        "streaming.StreamWentLive",
                        "streaming.StreamInterrupted",
                        "streaming.StreamResumed",
                        "streaming.StreamDescribed",
                        "streaming.SegmentsStored",
                        "streaming.StreamStopped",
                        "streaming.RecordingReady",
                        "streaming.RecordingDeleted",
                        "streaming.ListenerJoined",
                        "streaming.ListenerLeft",
                        "streaming.GuestInvited",
                        "streaming.GuestRemoved",
                        "notification.NotificationRaised",
                        "notification.NotificationDelivered",
                        "notification.NotificationFailed",
                        "notification.NotificationRead",
                        "notification.NotificationPreferenceChanged",
                        "notification.WebhookRegistered",
                        "notification.WebhookChanged",
                        "notification.WebhookSecretRotated",
                        "notification.WebhookEnabled",
                        "notification.WebhookDisabled",
                        "notification.WebhookTestRequested",
                        "notification.WebhookRemoved");
    }

    @ParameterizedTest
    @MethodSource("events")
    void anEventIsARecordWithANameOfItsContextAndARevision(Map.Entry<String, Class<? extends VezaEvent>> event) {
        Event annotation = event.getValue().getAnnotation(Event.class);

        assertThat(event.getValue().isRecord()).isTrue();
        assertThat(annotation.version()).matches("[1-9][0-9]*");
        assertThat(annotation.name()).isEqualTo(event.getValue().getSimpleName());
        assertThat(event.getValue().getPackageName()).isEqualTo("app.veza.event." + annotation.namespace());
    }

    @ParameterizedTest
    @MethodSource("events")
    void anEventBearsTagsOfKnownKeysEachOnce(Map.Entry<String, Class<? extends VezaEvent>> event) {
        List<String> keys = tagged(event.getValue())
                .map(c -> c.getAccessor().getAnnotation(EventTag.class).key())
                .toList();

        assertThat(keys).isNotEmpty().doesNotHaveDuplicates().isSubsetOf(TAG_KEYS);
    }

    @ParameterizedTest
    @MethodSource("events")
    void aTagIsAnIdOrPersonalAndHashed(Map.Entry<String, Class<? extends VezaEvent>> event) {
        assertThat(tagged(event.getValue())).allSatisfy(component -> {
            boolean hashed = EventTags.PERSONAL.contains(
                    component.getAccessor().getAnnotation(EventTag.class).key());
            assertThat(component.isAnnotationPresent(Personal.class)).isEqualTo(hashed);
            assertThat(component.getType() == UUID.class).isNotEqualTo(hashed);
        });
    }

    @ParameterizedTest
    @MethodSource("events")
    void whatIsPersonalNamesWhomItIsAbout(Map.Entry<String, Class<? extends VezaEvent>> event) {
        Map<String, RecordComponent> byName = Arrays.stream(event.getValue().getRecordComponents())
                .collect(Collectors.toMap(RecordComponent::getName, c -> c));

        assertThat(byName.values())
                .filteredOn(component -> component.isAnnotationPresent(Personal.class))
                .allSatisfy(component -> assertThat(byName.get(
                                component.getAnnotation(Personal.class).subject()))
                        .isNotNull()
                        .extracting(RecordComponent::getType)
                        .isEqualTo(UUID.class));
    }

    @Test
    void personalComponentsAreKnownWithTheirSubject() {
        Map<String, Map<String, String>> personal = EventTypes.personalFields();

        assertThat(personal).containsOnlyKeys(EventTypes.byName().keySet());
        assertThat(personal.get("chat.MessageSent")).isEqualTo(Map.of("text", "senderId"));
        assertThat(personal.get("identity.LoginFailed")).isEqualTo(Map.of("address", "personId", "agent", "personId"));
        assertThat(personal.get("identity.PersonErased")).isEmpty();
    }

    @Test
    void anEventWithoutANameIsRefused() {
        record Nameless() implements VezaEvent {}

        assertThatIllegalArgumentException()
                .isThrownBy(() -> EventTypes.nameOf(Nameless.class))
                .withMessageContaining("@Event");
    }

    private static Stream<RecordComponent> tagged(Class<? extends VezaEvent> event) {
        return Arrays.stream(event.getRecordComponents())
                .filter(component -> component.getAccessor().isAnnotationPresent(EventTag.class));
    }
}
