package app.veza.command.wired;

import static org.assertj.core.api.Assertions.assertThat;

import app.veza.command.Ids;
import app.veza.command.identity.token.AccessTokens;
import app.veza.command.identity.token.SignedInUser;
import app.veza.event.chat.MessageSent;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpMethod;

/** Who speaks in a room depends on their own membership alone, so however many speak at once, none stands in another's way. */
class ManySendersTest {

    private static final Logger log = LoggerFactory.getLogger(ManySendersTest.class);
    private static final int SENDERS = 200;

    @Test
    void sendersInOneRoomLoseNothingToEachOther() throws Exception {
        try (var doors = new Doors()) {
            List<String> tokens = IntStream.range(0, SENDERS)
                    .mapToObj(i -> token(doors, "sender" + i))
                    .toList();
            String room = doors.post(
                            "/api/rooms", tokens.getFirst(), "{\"name\": \"Square\", \"visibility\": \"public\"}")
                    .json("$.roomId");
            AtOnce<Doors.Answer> joined = AtOnce.run(
                    SENDERS,
                    i -> () -> doors.send(HttpMethod.PUT, "/api/rooms/" + room + "/members/me", tokens.get(i), null));
            assertThat(joined.outcomes()).extracting(Future::resultNow).allMatch(answer -> answer.status() == 204);
            long conflictsBefore = doors.count("event.log.refused");

            AtOnce<Doors.Answer> sent = AtOnce.run(
                    SENDERS,
                    i -> () -> doors.post(
                            "/api/rooms/" + room + "/messages",
                            tokens.get(i),
                            "{\"text\": \"message %d\"}".formatted(i)));

            long conflicts = doors.count("event.log.refused") - conflictsBefore;
            log.info(
                    "{} senders in one room: {} ms, {} conflicts",
                    SENDERS,
                    sent.took().toMillis(),
                    conflicts);
            assertThat(sent.outcomes()).extracting(Future::resultNow).allMatch(answer -> answer.status() == 201);
            assertThat(conflicts).isZero();
            assertThat(doors.events())
                    .filteredOn(MessageSent.class::isInstance)
                    .extracting(event -> ((MessageSent) event).text())
                    .containsExactlyInAnyOrderElementsOf(IntStream.range(0, SENDERS)
                            .mapToObj(i -> "message " + i)
                            .toList());
        }
    }

    private static String token(Doors doors, String username) {
        return doors.bean(AccessTokens.class)
                .issue(Ids.next(), Instant.MAX, new SignedInUser(Ids.next(), username, username, List.of("user")))
                .token();
    }
}
