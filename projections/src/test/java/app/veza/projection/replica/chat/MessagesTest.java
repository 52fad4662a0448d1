package app.veza.projection.replica.chat;

import static app.veza.projection.kit.ChatEvents.attaching;
import static app.veza.projection.kit.ChatEvents.deleted;
import static app.veza.projection.kit.ChatEvents.edited;
import static app.veza.projection.kit.ChatEvents.mentioning;
import static app.veza.projection.kit.ChatEvents.offered;
import static app.veza.projection.kit.ChatEvents.reacted;
import static app.veza.projection.kit.ChatEvents.read;
import static app.veza.projection.kit.ChatEvents.unreacted;
import static app.veza.projection.kit.Events.id;
import static app.veza.projection.kit.Events.joined;
import static app.veza.projection.kit.Events.left;
import static app.veza.projection.kit.Events.owns;
import static app.veza.projection.kit.Events.publicRoom;
import static app.veza.projection.kit.Events.said;
import static org.assertj.core.api.Assertions.assertThat;

import app.veza.embedded.EmbeddedPlatform;
import app.veza.embedded.FreshDatabase;
import app.veza.event.Erased;
import app.veza.event.VezaEvent;
import app.veza.event.identity.PersonErased;
import app.veza.projection.kit.History;
import app.veza.projection.kit.ProjectorTables;
import java.sql.SQLException;
import java.util.List;
import org.jooq.Record;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What becomes of messages, and what of them is still unread. Each history is applied in every way. */
class MessagesTest {

    private static FreshDatabase database;
    private static ProjectorTables tables;
    private History history;

    @BeforeAll
    static void create() {
        database = EmbeddedPlatform.shared().freshDatabase();
        tables = ProjectorTables.create(new ChatProjection(), database);
    }

    @AfterAll
    static void drop() throws SQLException {
        tables.close();
        database.close();
    }

    @BeforeEach
    void begin() {
        history = new History();
        history.append(publicRoom("hall", "ada"), owns("hall", "ada"), joined("hall", "bob"));
    }

    private void given(VezaEvent... events) {
        history.append(events);
        tables.applyEveryWay(history.seenBy(new ChatProjection()), 7);
    }

    private static Record message(String text) {
        return tables.dsl().fetchSingle("select * from view.messages where message_id = ?", id(text));
    }

    @Nested
    class Changes {

        @Test
        void anEditReplacesTextAndMentions() {
            given(mentioning("hall", "ada", "helo", "bob"), edited("hall", "ada", "helo", "hello", "eve"));

            assertThat(message("helo").get("text")).isEqualTo("hello");
            assertThat(message("helo").get("edited_at")).isNotNull();
            assertThat(message("helo").get("mentions", String.class)).isEqualTo("[\"" + id("eve") + "\"]");
            assertThat(rows("select person_id, position from view.messages m, lateral (select person_id from "
                            + "mention n where n.position = m.position) p"))
                    .containsExactly(id("eve") + " 4");
        }

        @Test
        void ofADeletedMessageOnlyItsPlaceStays() {
            given(
                    offered("ada", "cat"),
                    attaching("hall", "ada", "look", "cat"),
                    edited("hall", "ada", "look", "look!"),
                    deleted("hall", "ada", "look"),
                    edited("hall", "ada", "look", "too late"));

            assertThat(message("look").intoMap())
                    .containsEntry("text", null)
                    .containsEntry("attachments", null)
                    .containsEntry("number", 1L);
            assertThat(message("look").get("deleted_at")).isNotNull();
            assertThat(rows("select * from view.attachment_uses")).isEmpty();
            assertThat(rows("select attachment_id from view.attachments"))
                    .containsExactly(id("cat").toString());
        }

        @Test
        void filesAreFoundByTheMessagesThatBearThem() {
            given(
                    offered("ada", "cat"),
                    attaching("hall", "ada", "look", "cat"),
                    attaching("hall", "bob", "mine", "dog"));

            assertThat(message("look").get("attachments", String.class))
                    .isEqualTo("[{\"id\": \"" + id("cat") + "\", \"size\": 100, \"contentType\": \"image/png\"}]");
            assertThat(rows("select attachment_id, position from view.attachment_uses order by position"))
                    .containsExactly(id("cat") + " 5", id("dog") + " 6");
        }

        @Test
        void messagesAreNumberedInTheirRoom() {
            given(
                    said("hall", "ada", "one"),
                    publicRoom("den", "ada"),
                    said("den", "ada", "first"),
                    said("hall", "ada", "two"));

            assertThat(message("one").get("number")).isEqualTo(1L);
            assertThat(message("two").get("number")).isEqualTo(2L);
            assertThat(message("first").get("number")).isEqualTo(1L);
        }

        @Test
        void theWordsOfWhoIsErasedAreGone() {
            given(
                    said("hall", "bob", "a secret"),
                    said("hall", "bob", "taken back"),
                    deleted("hall", "bob", "taken back"),
                    said("hall", "ada", "hello"),
                    new PersonErased(id("bob")));

            assertThat(message("a secret").get("text")).isEqualTo(Erased.TEXT);
            assertThat(message("taken back").get("text")).isNull();
            assertThat(message("hello").get("text")).isEqualTo("hello");
            assertThat(tables.rows().toString()).doesNotContain("secret");
        }
    }

    @Nested
    class Reactions {

        @Test
        void areCountedOnceAPersonAndEmoji() {
            given(
                    said("hall", "ada", "hello"),
                    reacted("hall", "ada", "hello", "👍"),
                    reacted("hall", "bob", "hello", "👍"),
                    reacted("hall", "bob", "hello", "👍"),
                    reacted("hall", "bob", "hello", "🎉"),
                    reacted("hall", "ada", "hello", "👀"),
                    unreacted("hall", "ada", "hello", "👀"),
                    unreacted("hall", "ada", "hello", "🎉"));

            assertThat(rows("select emoji, people from view.reaction_counts order by emoji"))
                    .containsExactly("🎉 1", "👍 2");
            assertThat(rows("select emoji from view.reactions where person_id = '%s' order by emoji"
                            .formatted(id("bob"))))
                    .containsExactly("🎉", "👍");
        }
    }

    /** Positions: 1 the room, 2 ada, 3 bob. */
    @Nested
    class Unread {

        @Test
        void isWhatOthersSaidSinceOneEntered() {
            given(
                    said("hall", "ada", "one"),
                    said("hall", "ada", "two"),
                    joined("hall", "eve"),
                    said("hall", "ada", "three"));

            assertThat(unread("ada")).isEqualTo("0 0");
            assertThat(unread("bob")).isEqualTo("3 0");
            assertThat(unread("eve")).isEqualTo("1 0");
        }

        @Test
        void endsAtAMarkThatOnlyGoesForward() {
            given(
                    said("hall", "ada", "one"),
                    said("hall", "ada", "two"),
                    said("hall", "ada", "three"),
                    read("hall", "bob", "two", 5),
                    read("hall", "bob", "one", 4));

            assertThat(unread("bob")).isEqualTo("1 0");
        }

        @Test
        void endsWithWhatOneSaysOneself() {
            given(said("hall", "ada", "one"), said("hall", "bob", "two"), said("hall", "ada", "three"));

            assertThat(unread("bob")).isEqualTo("1 0");
            assertThat(unread("ada")).isEqualTo("0 0");
        }

        @Test
        void doesNotCountWhatWasDeleted() {
            given(
                    said("hall", "ada", "one"),
                    mentioning("hall", "ada", "two", "bob"),
                    said("hall", "ada", "three"),
                    deleted("hall", "ada", "two"),
                    read("hall", "ada", "three", 6));
            assertThat(unread("bob")).isEqualTo("2 0");

            given(read("hall", "bob", "two", 5));
            assertThat(unread("bob")).isEqualTo("1 0");
        }

        @Test
        void tellsHowOftenOneIsNamed() {
            given(
                    mentioning("hall", "ada", "one", "bob"),
                    read("hall", "bob", "one", 4),
                    mentioning("hall", "ada", "two", "bob", "eve"),
                    said("hall", "ada", "three"),
                    edited("hall", "ada", "three", "three, bob", "bob"),
                    edited("hall", "ada", "two", "two"));

            assertThat(unread("bob")).isEqualTo("2 1");
        }

        @Test
        void beginsAnewForWhoComesBack() {
            given(
                    said("hall", "ada", "one"),
                    left("hall", "bob"),
                    said("hall", "ada", "two"),
                    joined("hall", "bob"),
                    said("hall", "ada", "three"));

            assertThat(unread("bob")).isEqualTo("1 0");
        }

        private String unread(String person) {
            return rows("select unread, mentions from view.unread_counts where person_id = '%s'".formatted(id(person)))
                    .getFirst();
        }
    }

    private static List<String> rows(String query) {
        return tables.dsl()
                .fetch(query)
                .map(row -> row.intoList().stream()
                        .map(String::valueOf)
                        .reduce((one, other) -> one + " " + other)
                        .orElseThrow());
    }
}
