package app.veza.command.chat.sendmessage;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;
import static app.veza.command.Boundary.tags;
import static app.veza.event.EventTags.ATTACHMENT;
import static app.veza.event.EventTags.MESSAGE;
import static app.veza.event.EventTags.PERSON;
import static app.veza.event.EventTags.ROOM;

import app.veza.command.Boundary;
import app.veza.command.Decider;
import app.veza.command.Further;
import app.veza.command.Ids;
import app.veza.command.InvalidInput;
import app.veza.command.TooManyRequests;
import app.veza.command.chat.AttachmentStore;
import app.veza.command.chat.Room;
import app.veza.event.VezaEvent;
import app.veza.event.chat.Attachment;
import app.veza.event.chat.AttachmentOffered;
import app.veza.event.chat.MemberRole;
import app.veza.event.chat.MessageSent;
import app.veza.event.chat.SlowModeChanged;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Members may speak unless they are muted, and in slow mode plain members wait. The decision rests on how this sender stands in
 * this room, not on what was said: senders of a room never get into each other's way.
 */
@Component
final class SendMessageHandler implements Decider<SendMessage, SendMessageHandler.State> {

    /**
     * @param slowMode seconds between two messages of one member, 0 for none
     * @param lastSentAt when the sender spoke last, where that matters
     * @param repliedToExists whether the message replied to was sent in this room
     * @param offers what was offered to be uploaded, by this sender
     */
    record State(
            Room room,
            int slowMode,
            @Nullable Instant lastSentAt,
            boolean repliedToExists,
            List<AttachmentOffered> offers) {

        State in(Room newRoom) {
            return new State(newRoom, slowMode, lastSentAt, repliedToExists, offers);
        }
    }

    @Override
    public Class<SendMessage> command() {
        return SendMessage.class;
    }

    @Override
    public Optional<EventCriteria> boundary(SendMessage command) {
        return Boundary.anyOf(Stream.of(
                        Room.boundary(command.roomId(), command.senderId()),
                        Stream.of(events(tag(ROOM, command.roomId()), SlowModeChanged.class)),
                        Stream.ofNullable(command.replyTo())
                                .map(replyTo ->
                                        events(tags(ROOM, command.roomId(), MESSAGE, replyTo), MessageSent.class)),
                        command.uploads().stream()
                                .map(upload -> events(
                                        tags(ATTACHMENT, upload.attachmentId(), PERSON, command.senderId()),
                                        AttachmentOffered.class)))
                .flatMap(Function.identity()));
    }

    @Override
    public Optional<Further> further(SendMessage command, State state) {
        return isSlowed(command, state)
                ? Optional.of(Further.last(
                        events(tags(ROOM, command.roomId(), PERSON, command.senderId()), MessageSent.class)))
                : state.room().blocks();
    }

    private static boolean isSlowed(SendMessage command, State state) {
        return state.slowMode() > 0 && state.room().roleOf(command.senderId()) == MemberRole.MEMBER;
    }

    @Override
    public State initial() {
        return new State(Room.UNKNOWN, 0, null, false, List.of());
    }

    @Override
    public State evolve(State state, VezaEvent event) {
        return switch (event) {
            case SlowModeChanged changed ->
                new State(state.room(), changed.seconds(), state.lastSentAt(), state.repliedToExists(), state.offers());
            case MessageSent repliedTo ->
                new State(state.room(), state.slowMode(), state.lastSentAt(), true, state.offers());
            case AttachmentOffered offer ->
                new State(
                        state.room(),
                        state.slowMode(),
                        state.lastSentAt(),
                        state.repliedToExists(),
                        Stream.concat(state.offers().stream(), Stream.of(offer)).toList());
            default -> state.in(state.room().evolve(event));
        };
    }

    @Override
    public State evolveFurther(State state, VezaEvent event) {
        return event instanceof MessageSent last
                ? new State(
                        state.room(),
                        state.slowMode(),
                        Ids.timeOf(last.messageId()),
                        state.repliedToExists(),
                        state.offers())
                : state.in(state.room().evolve(event));
    }

    @Override
    public List<VezaEvent> decide(SendMessage command, State state) {
        state.room().requireVoice(command.senderId(), command.at());
        if (command.replyTo() != null && !state.repliedToExists()) {
            throw new InvalidInput("/replyTo", "must be a message of this room");
        }
        List<Attachment> attachments = IntStream.range(0, command.uploads().size())
                .mapToObj(i -> attachment(i, command.uploads().get(i), state.offers(), command.at()))
                .toList();
        checkPace(command, state);
        return List.of(new MessageSent(
                command.roomId(),
                command.messageId(),
                command.senderId(),
                command.text(),
                command.text().codePointCount(0, command.text().length()),
                command.replyTo(),
                command.mentions(),
                attachments));
    }

    private static Attachment attachment(
            int index, SendMessage.Upload upload, List<AttachmentOffered> offers, Instant at) {
        AttachmentOffered offer = offers.stream()
                .filter(offered -> offered.attachmentId().equals(upload.attachmentId()))
                .findFirst()
                .orElseThrow(() -> new InvalidInput("/attachments/" + index, "must be an upload of yours"));
        if (Ids.timeOf(offer.attachmentId()).plus(AttachmentStore.CLAIM_LIFE).isBefore(at)) {
            throw new InvalidInput("/attachments/" + index, "was uploaded too long ago: upload it again");
        }
        if (upload.size().isEmpty()) {
            throw new InvalidInput("/attachments/" + index, "was not uploaded yet");
        }
        if (upload.size().getAsLong() != offer.size()) {
            throw new InvalidInput("/attachments/" + index, "was not uploaded with the size that was offered");
        }
        return new Attachment(offer.attachmentId(), offer.contentType(), offer.size());
    }

    private static void checkPace(SendMessage command, State state) {
        if (state.lastSentAt() == null || !isSlowed(command, state)) {
            return;
        }
        Duration wait = Duration.between(command.at(), state.lastSentAt().plusSeconds(state.slowMode()));
        if (wait.isPositive()) {
            Duration whole = Duration.ofSeconds(wait.toSeconds() + 1);
            throw new TooManyRequests(
                    "slow-mode",
                    "Slow mode",
                    "The room is in slow mode: say the next thing in %d s.".formatted(whole.toSeconds()),
                    whole);
        }
    }
}
