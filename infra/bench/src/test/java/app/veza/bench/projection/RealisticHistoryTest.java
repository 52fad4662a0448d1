package app.veza.bench.projection;

import static org.assertj.core.api.Assertions.assertThat;

import app.veza.event.VezaEvent;
import app.veza.event.chat.MemberJoined;
import app.veza.event.chat.MemberLeft;
import app.veza.event.chat.MessageSent;
import app.veza.event.chat.RoomCreated;
import app.veza.event.identity.PersonRegistered;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RealisticHistoryTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final int HAPPENINGS = 20_000;

    @Test
    void theSameSeedGivesTheSameHistory() {
        assertThat(some(7)).isEqualTo(some(7)).isNotEqualTo(some(8));
    }

    @Test
    void nothingContradictsWhatWentBefore() {
        Set<UUID> people = new HashSet<>();
        Map<UUID, Set<UUID>> rooms = new HashMap<>();
        for (VezaEvent event : events(some(1))) {
            switch (event) {
                case PersonRegistered registered ->
                    assertThat(people.add(registered.personId())).isTrue();
                case RoomCreated created -> {
                    assertThat(people).contains(created.creatorId());
                    assertThat(rooms.put(created.roomId(), new HashSet<>())).isNull();
                }
                case MemberJoined joined -> {
                    assertThat(people).contains(joined.personId());
                    assertThat(rooms.get(joined.roomId()).add(joined.personId()))
                            .isTrue();
                }
                case MemberLeft left ->
                    assertThat(rooms.get(left.roomId()).remove(left.personId())).isTrue();
                case MessageSent sent -> assertThat(rooms.get(sent.roomId())).contains(sent.senderId());
                default -> {
                    // of people and streams alone
                }
            }
        }
        assertThat(rooms).hasSizeGreaterThan(20);
    }

    @Test
    void mostOfItIsTalkInFewRooms() {
        List<MessageSent> messages = events(some(1)).stream()
                .filter(MessageSent.class::isInstance)
                .map(MessageSent.class::cast)
                .toList();
        assertThat(messages).hasSizeBetween(HAPPENINGS * 80 / 100, HAPPENINGS * 95 / 100);
        Map<UUID, Integer> byRoom = new HashMap<>();
        messages.forEach(message -> byRoom.merge(message.roomId(), 1, Integer::sum));
        List<Integer> sizes = byRoom.values().stream().sorted().toList().reversed();
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
