package app.veza.reaction.webhook;

import app.veza.event.EventTags;
import app.veza.event.EventTypes;
import app.veza.event.VezaEvent;
import app.veza.event.chat.MemberJoined;
import app.veza.event.chat.MemberLeft;
import app.veza.event.chat.MessageDeleted;
import app.veza.event.chat.MessageEdited;
import app.veza.event.chat.MessageSent;
import app.veza.event.identity.PersonErased;
import app.veza.event.notification.WebhookChanged;
import app.veza.event.notification.WebhookDisabled;
import app.veza.event.notification.WebhookEnabled;
import app.veza.event.notification.WebhookRegistered;
import app.veza.event.notification.WebhookRemoved;
import app.veza.event.notification.WebhookType;
import app.veza.event.streaming.StreamStopped;
import app.veza.event.streaming.StreamWentLive;
import app.veza.projectionengine.EventLog;
import app.veza.projectionengine.LoggedEvent;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which webhooks want to be told of which events, in memory: nearly all events concern none, and are not even decoded. Whether one may be
 * told is decided when it is. Not safe for several threads.
 */
final class Subscriptions {

    private static final int WINDOW = 10_000;

    /** What webhooks can be told of, by the event. */
    private static final Map<String, WebhookType> TOLD = Map.of(
            EventTypes.nameOf(MessageSent.class), WebhookType.MESSAGE_SENT,
            EventTypes.nameOf(MessageEdited.class), WebhookType.MESSAGE_EDITED,
            EventTypes.nameOf(MessageDeleted.class), WebhookType.MESSAGE_DELETED,
            EventTypes.nameOf(MemberJoined.class), WebhookType.MEMBER_JOINED,
            EventTypes.nameOf(MemberLeft.class), WebhookType.MEMBER_LEFT,
            EventTypes.nameOf(StreamWentLive.class), WebhookType.STREAM_STARTED,
            EventTypes.nameOf(StreamStopped.class), WebhookType.STREAM_STOPPED);

    private static final Set<WebhookType> OF_STREAMS = Set.of(WebhookType.STREAM_STARTED, WebhookType.STREAM_STOPPED);

    /** What changes who is told. */
    private static final Set<String> CHANGES = Stream.of(
                    WebhookRegistered.class,
                    WebhookChanged.class,
                    WebhookEnabled.class,
                    WebhookDisabled.class,
                    WebhookRemoved.class,
                    PersonErased.class)
            .map(EventTypes::nameOf)
            .collect(Collectors.toUnmodifiableSet());

    private final Map<UUID, Subscription> webhooks = new HashMap<>();
    private final Map<String, Set<UUID>> byTag = new HashMap<>();
    private String logId = "";
    private long through;

    /** @param tag that what it is told of bears: of a room, or of its person */
    private record Subscription(UUID ownerId, String tag, long since, Set<WebhookType> types, boolean isEnabled) {}

    /** As they were at the position, or later. */
    void continueAt(EventLog events, String log, long position) {
        if (!logId.equals(log)) {
            webhooks.clear();
            byTag.clear();
            through = 0;
            logId = log;
        }
        while (through < position) {
            List<? extends LoggedEvent> read =
                    events.readWithoutPersonal(through, (int) Math.min(WINDOW, position - through), CHANGES);
            if (read.isEmpty()) {
                throw new IllegalStateException("The log cannot be read on from position " + through);
            }
            read.forEach(this::pass);
        }
    }

    /** The next event of the log. */
    void pass(LoggedEvent event) {
        if (event.position() > through) {
            if (CHANGES.contains(event.type()) && event.payload() instanceof VezaEvent change) {
                apply(change, event.position());
            }
            through = event.position();
        }
    }

    private void apply(VezaEvent change, long position) {
        switch (change) {
            case WebhookRegistered registered -> {
                String tag = tag(registered.roomId(), registered.personId());
                webhooks.put(
                        registered.webhookId(),
                        new Subscription(registered.personId(), tag, position, Set.copyOf(registered.types()), true));
                byTag.computeIfAbsent(tag, none -> new HashSet<>()).add(registered.webhookId());
            }
            case WebhookChanged changed ->
                webhooks.computeIfPresent(
                        changed.webhookId(),
                        (id, was) -> new Subscription(
                                was.ownerId(), was.tag(), was.since(), Set.copyOf(changed.types()), was.isEnabled()));
            case WebhookEnabled enabled -> enable(enabled.webhookId(), true);
            case WebhookDisabled disabled -> enable(disabled.webhookId(), false);
            case WebhookRemoved removed -> remove(removed.webhookId());
            case PersonErased erased ->
                webhooks.entrySet().stream()
                        .filter(webhook -> webhook.getValue().ownerId().equals(erased.personId()))
                        .map(Map.Entry::getKey)
                        .toList()
                        .forEach(this::remove);
            default -> throw new IllegalArgumentException("Changes no webhook: " + change.getClass());
        }
    }

    private static String tag(@Nullable UUID roomId, UUID ownerId) {
        return roomId == null ? EventTags.PERSON + ":" + ownerId : EventTags.ROOM + ":" + roomId;
    }

    private void enable(UUID webhookId, boolean enabled) {
        webhooks.computeIfPresent(
                webhookId, (id, was) -> new Subscription(was.ownerId(), was.tag(), was.since(), was.types(), enabled));
    }

    private void remove(UUID webhookId) {
        Subscription was = webhooks.remove(webhookId);
        if (was != null) {
            byTag.computeIfPresent(was.tag(), (tag, ids) -> {
                ids.remove(webhookId);
                return ids.isEmpty() ? null : ids;
            });
        }
    }

    /** Those that want to be told of the event, which was {@link #pass passed}. */
    List<UUID> of(LoggedEvent event) {
        WebhookType type = TOLD.get(event.type());
        if (type == null) {
            return List.of();
        }
        String key = (OF_STREAMS.contains(type) ? EventTags.PERSON : EventTags.ROOM) + ":";
        return event.tags().stream()
                .filter(tag -> tag.startsWith(key))
                .flatMap(tag -> byTag.getOrDefault(tag, Set.of()).stream())
                .filter(id -> wants(webhooks.get(id), type, event.position()))
                .sorted()
                .toList();
    }

    private static boolean wants(@Nullable Subscription webhook, WebhookType type, long position) {
        return webhook != null && webhook.isEnabled() && webhook.types().contains(type) && webhook.since() < position;
    }
}
