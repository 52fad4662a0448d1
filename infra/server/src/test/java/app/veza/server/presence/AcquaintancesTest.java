package app.veza.server.presence;

import static app.veza.command.Boundary.tag;
import static org.assertj.core.api.Assertions.assertThat;

import app.veza.event.EventTags;
import app.veza.event.EventTypes;
import app.veza.event.VezaEvent;
import app.veza.event.chat.MemberJoined;
import app.veza.event.chat.MemberLeft;
import app.veza.event.chat.MemberRole;
import app.veza.gateway.Connection;
import app.veza.gateway.Principal;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.axonframework.messaging.core.QualifiedName;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Anna and Ben share a room. The log goes on, and whoever follows it is behind. */
class AcquaintancesTest {

    private static final QualifiedName JOINED = new QualifiedName(EventTypes.nameOf(MemberJoined.class));

    private final UUID room = UUID.randomUUID();
    private final UUID anna = UUID.randomUUID();
    private final UUID ben = UUID.randomUUID();
    private final List<VezaEvent> annas = new ArrayList<>();
    private final List<VezaEvent> bens = new ArrayList<>();
    private final AtomicLong head = new AtomicLong(7);
    private int reads;
    private boolean isAway;
    private final Acquaintances acquaintances = new Acquaintances(this::read, head::get);

    private List<VezaEvent> read(EventCriteria criteria) {
        if (isAway) {
            throw new IllegalStateException("The log is away");
        }
        reads++;
        return List.copyOf(criteria.matches(JOINED, tag(EventTags.PERSON, anna)) ? annas : bens);
    }

    @BeforeEach
    void bothAreIn() {
        annas.add(new MemberJoined(room, anna, MemberRole.OWNER, anna));
        bens.add(new MemberJoined(room, ben, MemberRole.MEMBER, anna));
        acquaintances.startAt(7);
    }

    private void benLeaves() {
        bens.add(new MemberLeft(room, ben, ben));
        head.incrementAndGet();
    }

    @Nested
    class WhileOthersWrite {

        @Test
        void nothingIsReadTwiceOfThoseWhomItDoesNotConcern() throws InterruptedException {
            for (int i = 0; i < 5; i++) {
                long acknowledged = head.incrementAndGet();
                Thread follower = Thread.ofVirtual().start(() -> acquaintances.passed(acknowledged));
                assertThat(acquaintances.now().test(anna, ben)).isTrue();
                follower.join();
            }
            head.incrementAndGet();
            assertThat(acquaintances.asTold().test(ben, anna)).isTrue();

            assertThat(reads).isEqualTo(2);
        }

        @Test
        void whoLeftIsReadAnewOnceItIsTold() {
            assertThat(acquaintances.now().test(anna, ben)).isTrue();
            benLeaves();

            acquaintances.changed(ben);
            acquaintances.passed(head.get());

            assertThat(acquaintances.now().test(anna, ben)).isFalse();
            assertThat(reads).isEqualTo(3);
        }

        @Test
        void whatIsNotToldInTimeIsReadFromTheLog() {
            assertThat(acquaintances.now().test(anna, ben)).isTrue();
            benLeaves();

            assertThat(acquaintances.now().test(anna, ben)).isFalse();
        }

        @Test
        void afterAnotherStartNothingIsRemembered() {
            assertThat(acquaintances.now().test(anna, ben)).isTrue();
            benLeaves();

            acquaintances.startAt(head.get());

            assertThat(acquaintances.now().test(anna, ben)).isFalse();
        }
    }

    @Nested
    class WhoWatches {

        private final List<String> sent = new ArrayList<>();
        private final Connection annasSocket = socket(anna);
        private final Presence presence =
                new Presence(acquaintances, people -> Map.of(), new PresenceFrames(JsonMapper.shared()));

        private Connection socket(UUID owner) {
            record Owner(String id, String sessionKey) implements Principal {}
            var principal = new Owner(owner.toString(), "session");
            return (Connection) Proxy.newProxyInstance(
                    Connection.class.getClassLoader(),
                    new Class<?>[] {Connection.class},
                    (socket, method, given) -> switch (method.getName()) {
                        case "principal" -> principal;
                        case "isOpen" -> true;
                        case "send" -> {
                            sent.add(new String((byte[]) given[0], StandardCharsets.UTF_8));
                            yield null;
                        }
                        case "hashCode" -> 1;
                        case "equals" -> socket == given[0];
                        default -> throw new UnsupportedOperationException(method.getName());
                    });
        }

        @Test
        void losesSightOfWhoLeftThoughTheLogIsAwayMeanwhile() {
            assertThat(presence.watch(annasSocket, List.of(ben))).containsExactly(ben);
            benLeaves();
            isAway = true;
            presence.acquaintancesShrink(ben);
            presence.lookThrough();
            assertThat(sent).isEmpty();

            isAway = false;
            presence.lookThrough();

            assertThat(sent).singleElement().asString().contains("user.offline", ben.toString());
            presence.tellState(annasSocket, Set.of(ben));
            assertThat(sent).as("it is watched no more").hasSize(1);
        }
    }
}
