package app.veza.projection.analytics;

import static app.veza.event.notification.NotificationChannel.EMAIL;
import static app.veza.event.notification.NotificationChannel.PUSH;
import static app.veza.event.notification.NotificationKind.MENTION;
import static app.veza.event.notification.NotificationKind.REPLY;
import static app.veza.projection.kit.Events.answered;
import static app.veza.projection.kit.Events.loggedIn;
import static app.veza.projection.kit.Events.loginFailed;
import static app.veza.projection.kit.MessageEvents.edited;
import static app.veza.projection.kit.MessageEvents.reacted;
import static app.veza.projection.kit.MessageEvents.removed;
import static app.veza.projection.kit.MessageEvents.unreacted;
import static app.veza.projection.kit.NotificationEvents.delivered;
import static app.veza.projection.kit.NotificationEvents.failed;
import static app.veza.projection.kit.NotificationEvents.raised;
import static app.veza.projection.kit.NotificationEvents.seen;
import static app.veza.projection.kit.StreamEvents.leaves;
import static app.veza.projection.kit.StreamEvents.listens;

import app.veza.event.VezaEvent;
import app.veza.projection.kit.History;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** People who talk, listen and are told of it around some midnights, as a seed has it. */
final class RandomEvenings {

    private static final List<String> NAMES = List.of("ada", "bob", "eve", "dan", "joe");
    private static final Instant EXPIRY = Instant.parse("2027-01-01T00:00:00Z");

    private record Message(String room, String author, String text) {}

    private record Listening(String stream, String name, String id, Instant joined) {}

    private record Told(String id, String name) {}

    private final Random random;
    private final History history = new History();
    private final List<Message> messages = new ArrayList<>();
    private final List<Listening> listening = new ArrayList<>();
    private final List<Told> told = new ArrayList<>();
    private final Map<String, Integer> reactions = new TreeMap<>();
    private Instant now = Instant.parse("2026-03-01T20:00:00.000123456Z");

    private RandomEvenings(long seed) {
        this.random = new Random(seed);
    }

    static History of(long seed, int events) {
        RandomEvenings evenings = new RandomEvenings(seed);
        while (evenings.history.head() < events) {
            evenings.now = evenings.now.plus(Duration.ofNanos(evenings.random.nextLong(600_000_000_000L)));
            evenings.history.append(evenings.now, evenings.next());
        }
        return evenings.history;
    }

    private VezaEvent next() {
        int number = (int) history.head();
        String name = any(NAMES);
        return switch (random.nextInt(12)) {
            case 0 -> loggedIn(name, "session " + number, EXPIRY);
            case 1 -> loginFailed(name);
            case 2, 3 -> listen(new Listening(any(List.of("jazz", "talk")), name, "listening " + number, now));
            case 4 -> listening.isEmpty() ? loginFailed(name) : leave(taken(listening));
            case 5 -> tell(new Told("told " + number, name));
            case 6 -> told.isEmpty() ? loginFailed(name) : outcome(any(told));
            case 7, 8 -> messages.isEmpty() ? say(name, number) : change(name, any(messages));
            case 9 -> messages.size() < 3 ? say(name, number) : remove(name, taken(messages));
            default -> say(name, number);
        };
    }

    private VezaEvent say(String name, int number) {
        Message message = new Message(any(List.of("hall", "yard")), name, "message " + number);
        messages.add(message);
        return answered(message.room(), name, message.text(), random.nextBoolean() ? "something" : null);
    }

    private VezaEvent change(String name, Message message) {
        int reacted = reactions.getOrDefault(message.text(), 0);
        return switch (random.nextInt(3)) {
            case 0 -> edited(message.room(), message.author(), message.text(), "other");
            case 1 -> {
                reactions.put(message.text(), reacted + 1);
                yield reacted(message.room(), name, message.text());
            }
            default -> {
                reactions.put(message.text(), Math.max(0, reacted - 1));
                yield reacted == 0
                        ? edited(message.room(), message.author(), message.text(), "another")
                        : unreacted(message.room(), name, message.text());
            }
        };
    }

    private static VezaEvent remove(String name, Message message) {
        return removed(message.room(), message.author(), message.text(), name);
    }

    private VezaEvent listen(Listening one) {
        listening.add(one);
        return listens(one.stream(), one.name(), one.id());
    }

    private VezaEvent leave(Listening one) {
        long most = Duration.between(one.joined(), now).toMillis();
        return leaves(one.stream(), one.name(), one.id(), random.nextLong(most + 1));
    }

    private VezaEvent tell(Told one) {
        told.add(one);
        return raised(one.id(), one.name(), random.nextBoolean() ? MENTION : REPLY, any(NAMES));
    }

    private VezaEvent outcome(Told one) {
        return switch (random.nextInt(3)) {
            case 0 -> delivered(one.id(), one.name(), any(List.of(EMAIL, PUSH)));
            case 1 -> failed(one.id(), one.name(), any(List.of(EMAIL, PUSH)));
            default -> seen(one.id(), one.name());
        };
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private <T> T taken(List<T> list) {
        return list.remove(random.nextInt(list.size()));
    }
}
