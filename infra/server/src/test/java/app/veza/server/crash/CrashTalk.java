package app.veza.server.crash;

import app.veza.event.EventTags;
import app.veza.event.EventTypes;
import app.veza.event.VezaEvent;
import app.veza.event.chat.MemberJoined;
import app.veza.event.chat.MemberRole;
import app.veza.event.chat.MessageDeleted;
import app.veza.event.chat.MessageEdited;
import app.veza.event.chat.MessageSent;
import app.veza.event.chat.ReactionAdded;
import app.veza.event.chat.RoomCreated;
import app.veza.event.chat.Visibility;
import app.veza.event.identity.PersonErased;
import app.veza.event.identity.PersonRegistered;
import app.veza.eventstore.AppendOutcome;
import app.veza.eventstore.AppendRequest;
import app.veza.eventstore.NewEvent;
import app.veza.eventstore.Tag;
import app.veza.eventstore.axon.PersonalTags;
import app.veza.eventstore.axon.RecordTagResolver;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.axonframework.messaging.core.MessageType;
import org.axonframework.messaging.eventhandling.GenericEventMessage;
import org.axonframework.messaging.eventhandling.annotation.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** People who talk, change what they said and go, as the command side would have it in the log. Each append is repeated until it stands there. */
final class CrashTalk {

    private static final Logger LOG = LoggerFactory.getLogger(CrashTalk.class);
    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final long PAUSE_NANOS = 20_000_000;
    private static final int PEOPLE = 20;
    private static final int ROOMS = 8;

    private record Said(UUID room, UUID message, UUID sender) {}

    private final CrashParts parts;
    private final RecordTagResolver tags = new RecordTagResolver();
    private final PersonalTags personal = new PersonalTags(EventTags.PERSONAL, new byte[32]);
    private final SplittableRandom random = new SplittableRandom();
    private final List<UUID> people = new ArrayList<>();
    private final List<UUID> rooms = new ArrayList<>();
    private final List<Said> said = new ArrayList<>();
    private int registered;
    private int spoken;

    CrashTalk(CrashParts parts) {
        this.parts = parts;
    }

    Void until(AtomicBoolean over) throws InterruptedException {
        while (people.size() < PEOPLE) {
            register();
        }
        while (rooms.size() < ROOMS) {
            open();
        }
        while (!over.get()) {
            for (int i = 0; i < 5; i++) {
                happen();
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return null;
    }

    private void happen() throws InterruptedException {
        int kind = random.nextInt(100);
        if (kind < 2) {
            // whoever goes is replaced, so that the talk goes on
            append(new PersonErased(people.remove(random.nextInt(people.size()))));
            register();
        } else if (kind < 4) {
            open();
        } else if (kind < 12 && !said.isEmpty()) {
            Said one = any(said);
            if (people.contains(one.sender())) {
                append(new MessageEdited(
                        one.room(), one.message(), one.sender(), "I meant something else", 22, List.of()));
            }
        } else if (kind < 15 && !said.isEmpty()) {
            Said one = said.remove(random.nextInt(said.size()));
            append(new MessageDeleted(one.room(), one.message(), one.sender(), one.sender()));
        } else if (kind < 30 && !said.isEmpty()) {
            Said one = any(said);
            append(new ReactionAdded(one.room(), one.message(), any(people), "👍"));
        } else {
            say();
        }
    }

    private void register() throws InterruptedException {
        UUID id = UUID.randomUUID();
        String name = "talker" + ++registered;
        append(new PersonRegistered(id, name, name, "Talker " + registered, name + "@example.org", "no hash"));
        people.add(id);
    }

    private void open() throws InterruptedException {
        UUID room = UUID.randomUUID();
        UUID owner = any(people);
        append(
                new RoomCreated(room, owner, "Room " + rooms.size(), null, Visibility.PUBLIC),
                new MemberJoined(room, owner, MemberRole.OWNER, owner));
        rooms.add(room);
    }

    /** One in a hundred is of the length that parks its room. */
    private void say() throws InterruptedException {
        Said one = new Said(any(rooms), UUID.randomUUID(), any(people));
        String text = ++spoken % 100 == 0 ? "x".repeat(Spoken.POISON) : "Somebody says " + random.nextInt(1000, 9999);
        append(new MessageSent(
                one.room(),
                one.message(),
                one.sender(),
                text,
                text.length(),
                null,
                one.message().toString(),
                List.of(),
                List.of()));
        said.add(one);
    }

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private void append(VezaEvent... events) throws InterruptedException {
        List<NewEvent> encoded = new ArrayList<>();
        for (VezaEvent event : events) {
            encoded.add(encoded(event));
        }
        AppendRequest request =
                AppendRequest.of(encoded).forCommand(encoded.getFirst().id(), null);
        while (!stands(request)) {
            LockSupport.parkNanos(5 * PAUSE_NANOS);
        }
    }

    private boolean stands(AppendRequest request) throws InterruptedException {
        try {
            AppendOutcome outcome = parts.log().append(request).get(ANSWER.toSeconds(), TimeUnit.SECONDS);
            if (outcome instanceof AppendOutcome.Refused) {
                throw new IllegalStateException("Nothing was asked for, and yet it is refused: " + outcome);
            }
            return true;
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("An append is repeated: {}", e.toString());
            return false;
        }
    }

    private NewEvent encoded(VezaEvent event) {
        String revision = event.getClass().getAnnotation(Event.class).version();
        String type = EventTypes.nameOf(event.getClass());
        List<Tag> stored = tags.resolve(new GenericEventMessage(new MessageType(type, revision), event)).stream()
                .map(tag -> new Tag(tag.key(), personal.storedValue(tag.key(), tag.value())))
                .toList();
        return new NewEvent(
                UUID.randomUUID().toString(),
                type,
                revision,
                Instant.now(),
                stored,
                Map.of(),
                parts.codec().encode(type, revision, event));
    }
}
