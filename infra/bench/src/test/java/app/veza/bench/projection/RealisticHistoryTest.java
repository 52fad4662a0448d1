package app.veza.bench.projection;

import static org.assertj.core.api.Assertions.assertThat;

import app.veza.event.VezaEvent;
import app.veza.event.chat.MemberBanned;
import app.veza.event.chat.MemberMuted;
import app.veza.event.chat.MemberRoleChanged;
import app.veza.event.chat.MemberUnbanned;
import app.veza.event.chat.MemberUnmuted;
import app.veza.event.chat.MessageDeleted;
import app.veza.event.chat.MessageEdited;
import app.veza.event.chat.MessageRead;
import app.veza.event.chat.MessageSent;
import app.veza.event.chat.ReactionAdded;
import app.veza.event.chat.ReactionRemoved;
import app.veza.event.identity.PersonErased;
import app.veza.event.identity.ProfileChanged;
import app.veza.event.notification.NotificationDelivered;
import app.veza.event.notification.NotificationFailed;
import app.veza.event.notification.NotificationPreferenceChanged;
import app.veza.event.notification.NotificationRaised;
import app.veza.event.notification.NotificationRead;
import app.veza.event.streaming.RecordingDeleted;
import app.veza.event.streaming.RecordingReady;
import app.veza.event.streaming.SegmentsStored;
import app.veza.event.streaming.StreamInterrupted;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RealisticHistoryTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final int HAPPENINGS = 60_000;

    @Test
    void theSameSeedGivesTheSameHistory() {
        assertThat(some(7)).isEqualTo(some(7)).isNotEqualTo(some(8));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void nothingContradictsWhatWentBefore(long seed) {
        // hours apart, so that mutes end
        RealisticHistory history = new RealisticHistory(seed, START, Duration.ofMinutes(1));
        FoldedHistory folded = new FoldedHistory();
        for (int i = 0; i < HAPPENINGS; i++) {
            folded.happens(history.next());
        }
        Happening next = history.next();
        while (!(next.events().getLast() instanceof MessageSent)) {
            folded.happens(next);
            next = history.next();
        }
        assertThat(folded.leftovers()).isEmpty();
    }

    @Test
    void noMoreDoesItWhereMuchIsTakenBack() {
        RealisticHistory history = RealisticHistory.restless(6, START, Duration.ofMinutes(1));
        FoldedHistory folded = new FoldedHistory();
        for (int i = 0; i < HAPPENINGS; i++) {
            folded.happens(history.next());
        }
    }

    @Test
    void aTownThatDoesNotGrowLosesNobody() {
        RealisticHistory history =
                new RealisticHistory(new RealisticHistory.Size(8, 4, false), 1957, START, Duration.ofMinutes(3));
        FoldedHistory folded = new FoldedHistory();
        for (int i = 0; i < HAPPENINGS; i++) {
            Happening happening = history.next();
            folded.happens(happening);
            assertThat(happening.events()).noneMatch(PersonErased.class::isInstance);
        }
    }

    @Test
    void mostOfItIsTalkAndThenComeReadingAndReacting() {
        Map<Class<?>, Long> share =
                events(some(1)).stream().collect(Collectors.groupingBy(Object::getClass, Collectors.counting()));
        long all = share.values().stream().mapToLong(Long::longValue).sum();
        assertThat(share.get(MessageSent.class)).isBetween(all * 75 / 100, all * 80 / 100);
        List<Class<?>> byShare = share.entrySet().stream()
                .sorted(Map.Entry.<Class<?>, Long>comparingByValue().reversed())
                .<Class<?>>map(Map.Entry::getKey)
                .toList();
        assertThat(byShare).startsWith(MessageSent.class, MessageRead.class, ReactionAdded.class);
        assertThat(byShare)
                .contains(
                        ReactionRemoved.class,
                        MessageEdited.class,
                        MessageDeleted.class,
                        MemberMuted.class,
                        MemberUnmuted.class,
                        MemberBanned.class,
                        MemberUnbanned.class,
                        MemberRoleChanged.class,
                        ProfileChanged.class,
                        PersonErased.class,
                        NotificationRaised.class,
                        NotificationDelivered.class,
                        NotificationFailed.class,
                        NotificationRead.class,
                        NotificationPreferenceChanged.class,
                        StreamInterrupted.class,
                        SegmentsStored.class,
                        RecordingReady.class,
                        RecordingDeleted.class);
    }

    @Test
    void mostTalkIsInFewRooms() {
        Map<UUID, Integer> byRoom = new HashMap<>();
        for (VezaEvent event : events(some(1))) {
            if (event instanceof MessageSent message) {
                byRoom.merge(message.roomId(), 1, Integer::sum);
            }
        }
        List<Integer> sizes = byRoom.values().stream().sorted().toList().reversed();
        assertThat(sizes).hasSizeGreaterThan(20);
        assertThat(sizes.getFirst()).isGreaterThan(8 * sizes.get(sizes.size() / 2));
    }

    private static List<Happening> some(long seed) {
        RealisticHistory history = new RealisticHistory(seed, START, Duration.ofSeconds(1));
        return IntStream.range(0, HAPPENINGS).mapToObj(i -> history.next()).toList();
    }

    private static List<VezaEvent> events(List<Happening> happenings) {
        return happenings.stream()
                .flatMap(happening -> happening.events().stream())
                .toList();
    }
}
