package app.veza.command.wired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.veza.command.InvalidInput;
import app.veza.event.chat.MemberJoined;
import app.veza.event.chat.MemberRole;
import app.veza.event.chat.MessageSent;
import app.veza.eventstore.command.CommandIdReusedException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;

class ChatDoorsTest {

    private static Doors doors;
    private static String ann;
    private static String bob;
    private static String bobsId;

    @BeforeAll
    static void open() {
        doors = new Doors();
        ann = tokenOf("ann");
        bob = tokenOf("bob");
        bobsId = doors.decode(bob).getSubject();
    }

    @AfterAll
    static void close() {
        doors.close();
    }

    private static String tokenOf(String username) {
        String credentials = "\"username\": \"%s\", \"password\": \"correct horse\"".formatted(username);
        doors.post("/auth/register", null, "{%s, \"email\": \"%s@example.org\"}".formatted(credentials, username));
        return doors.post("/auth/login", null, "{" + credentials + "}").json("$.accessToken");
    }

    private static String room(String visibility) {
        return doors.post("/api/rooms", ann, "{\"name\": \"Lounge\", \"visibility\": \"%s\"}".formatted(visibility))
                .json("$.roomId");
    }

    private static Doors.Answer send(@Nullable String token, String room, String json, String... headers) {
        return doors.post("/api/rooms/" + room + "/messages", token, json, headers);
    }

    private static Doors.Answer member(HttpMethod method, String token, String room, String who) {
        return doors.send(method, "/api/rooms/" + room + "/members/" + who, token, null);
    }

    @Nested
    class Rooms {

        @Test
        void areOwnedByTheirCreator() {
            String room = room("private");

            assertThat(doors.events()).last().isInstanceOfSatisfying(MemberJoined.class, joined -> {
                assertThat(joined.roomId()).hasToString(room);
                assertThat(joined.role()).isEqualTo(MemberRole.OWNER);
            });
            assertThat(send(ann, room, "{\"text\": \"Hello\"}").status()).isEqualTo(201);
        }

        @Test
        void areMadeOnceForAKey() {
            String key = UUID.randomUUID().toString();
            Doors.Answer first = doors.post("/api/rooms", ann, "{\"name\": \"Once\"}", "Idempotency-Key", key);
            Doors.Answer again = doors.post("/api/rooms", ann, "{\"name\": \"Once\"}", "Idempotency-Key", key);
            Doors.Answer others = doors.post("/api/rooms", bob, "{\"name\": \"Once\"}", "Idempotency-Key", key);

            assertThat(again.body()).isEqualTo(first.body());
            assertThat(others.body()).isNotEqualTo(first.body());
            assertThatThrownBy(() -> doors.post("/api/rooms", ann, "{\"name\": \"Twice\"}", "Idempotency-Key", key))
                    .isInstanceOf(CommandIdReusedException.class);
        }

        @Test
        void areJoinedAndLeft() {
            String room = room("public");
            assertThat(send(bob, room, "{\"text\": \"Hello\"}").rejection().slug())
                    .isEqualTo("not-a-member");

            assertThat(member(HttpMethod.PUT, bob, room, "me").status()).isEqualTo(204);
            assertThat(member(HttpMethod.PUT, bob, room, bobsId).status()).isEqualTo(204);
            assertThat(send(bob, room, "{\"text\": \"Hello\"}").status()).isEqualTo(201);

            assertThat(member(HttpMethod.DELETE, bob, room, "me").status()).isEqualTo(204);
            assertThat(send(bob, room, "{\"text\": \"Hello\"}").status()).isEqualTo(403);
        }

        @Test
        void thatArePrivateAreEnteredByInvitation() {
            String room = room("private");
            assertThat(member(HttpMethod.PUT, bob, room, "me").status()).isEqualTo(404);

            Doors.Answer invited = doors.send(
                    HttpMethod.PUT, "/api/rooms/" + room + "/members/" + bobsId, ann, "{\"role\": \"moderator\"}");

            assertThat(invited.status()).isEqualTo(204);
            assertThat(invited.headers()).containsKey("Veza-Position");
            assertThat(send(bob, room, "{\"text\": \"Hello\"}").status()).isEqualTo(201);
            assertThat(member(HttpMethod.DELETE, ann, room, bobsId).status()).isEqualTo(204);
            assertThat(send(bob, room, "{\"text\": \"Hello\"}").status()).isEqualTo(404);
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                        {}                                            | /name
                        {"name": "   "}                               | /name
                        {"name": "a", "visibility": "secret"}         | /visibility
                        {"name": "two\\nlines"}                       | /name
                        """)
        void needAProperName(String body, String pointer) {
            Doors.Answer answer = doors.post("/api/rooms", ann, body);

            assertThat(answer.status()).isEqualTo(422);
            assertThat(((InvalidInput) answer.rejection()).faults())
                    .extracting(InvalidInput.Fault::pointer)
                    .containsExactly(pointer);
        }
    }

    @Nested
    class Messages {

        private final String room = room("public");

        @Test
        void areAnsweredWithTheirPosition() {
            Doors.Answer answer = send(ann, room, "{\"text\": \"Hello\\r\\nyou\"}");

            assertThat(answer.status()).isEqualTo(201);
            assertThat(answer.headers())
                    .containsEntry("Veza-Position", answer.json("$.position").toString());
            assertThat(doors.events()).last().isInstanceOfSatisfying(MessageSent.class, sent -> {
                assertThat(sent.messageId()).hasToString(answer.json("$.messageId"));
                assertThat(sent.text()).isEqualTo("Hello\nyou");
            });
        }

        @Test
        void areStoredOnceForAClientsName() {
            String json = "{\"text\": \"Hello\", \"clientMessageId\": \"m1\"}";
            Doors.Answer first = send(ann, room, json);
            int appended = doors.events().size();
            Doors.Answer again = send(ann, room, json);

            assertThat(again.body()).isEqualTo(first.body());
            assertThat(doors.events()).hasSize(appended);
            assertThat(send(ann, room("public"), json).body()).isNotEqualTo(first.body());
        }

        @Test
        void areStoredOnceForAClientsNameWhateverTheKey() {
            String json = "{\"text\": \"Hello\", \"clientMessageId\": \"m2\"}";
            Doors.Answer first = send(ann, room, json, "Idempotency-Key", "one-try");
            int appended = doors.events().size();

            assertThat(send(ann, room, json, "Idempotency-Key", "another-try").body())
                    .isEqualTo(first.body());
            assertThat(send(ann, room, json).body()).isEqualTo(first.body());
            assertThat(doors.events()).hasSize(appended);
            assertThatThrownBy(() -> send(
                            ann,
                            room,
                            "{\"text\": \"Another\", \"clientMessageId\": \"m2\"}",
                            "Idempotency-Key",
                            "one-try"))
                    .isInstanceOf(CommandIdReusedException.class);
        }

        @Test
        void replyToOneOfTheSameRoom() {
            String first = send(ann, room, "{\"text\": \"Hello\"}").json("$.messageId");

            assertThat(send(ann, room, "{\"text\": \"Yes?\", \"replyTo\": \"%s\"}".formatted(first))
                            .status())
                    .isEqualTo(201);
            assertThat(send(ann, room("public"), "{\"text\": \"Yes?\", \"replyTo\": \"%s\"}".formatted(first))
                            .status())
                    .isEqualTo(422);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{}",
                    "{\"text\": \"\"}",
                    "{\"text\": \" \\n\"}",
                    "{\"text\": \"a\", \"attachments\": [\"x\"]}",
                    "{\"text\": \"a\", \"replyTo\": \"x\"}"
                })
        void thatBreakRulesAreInvalid(String json) {
            assertThat(send(ann, room, json).status()).isEqualTo(422);
        }

        @Test
        void mayHaveTenThousandCharactersAndNoMore() {
            assertThat(send(ann, room, "{\"text\": \"%s\"}".formatted("x".repeat(10_000)))
                            .status())
                    .isEqualTo(201);
            assertThat(send(ann, room, "{\"text\": \"%s\"}".formatted("x".repeat(20_000)))
                            .status())
                    .isEqualTo(422);
        }

        @Test
        void goToRoomsThatExist() {
            assertThat(send(ann, UUID.randomUUID().toString(), "{\"text\": \"a\"}")
                            .status())
                    .isEqualTo(404);
            assertThat(send(ann, "1-2-3-4-5", "{\"text\": \"a\"}").status()).isEqualTo(400);
            assertThat(member(HttpMethod.PUT, ann, room, "1-2-3-4-5").status()).isEqualTo(400);
        }

        @Test
        void thatCannotBeReadAreMalformed() {
            assertThat(send(ann, room, "{\"text\": ").status()).isEqualTo(400);
            assertThat(send(ann, room, "{\"text\": \"a\"}", "Idempotency-Key", "with space")
                            .status())
                    .isEqualTo(400);
            assertThat(send(ann, room, "{\"text\": \"a\"}", "Veza-Min-Position", "-1")
                            .status())
                    .isEqualTo(400);
        }

        @Test
        void comeFromSomebody() {
            assertThat(send(null, room, "{\"text\": \"a\"}").status()).isEqualTo(401);
        }
    }
}
