package app.veza.projection.replica.search;

import static app.veza.projection.kit.ChatEvents.deleted;
import static app.veza.projection.kit.ChatEvents.edited;
import static app.veza.projection.kit.Events.id;
import static app.veza.projection.kit.Events.said;
import static org.assertj.core.api.Assertions.assertThat;

import app.veza.embedded.EmbeddedPlatform;
import app.veza.embedded.FreshDatabase;
import app.veza.event.VezaEvent;
import app.veza.event.identity.PersonErased;
import app.veza.projection.kit.History;
import app.veza.projection.kit.ProjectorTables;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each history is applied in every way. */
class SearchProjectionTest {

    private static FreshDatabase database;
    private static ProjectorTables tables;

    @BeforeAll
    static void create() {
        database = EmbeddedPlatform.shared().freshDatabase();
        tables = ProjectorTables.create(new SearchProjection(), database);
    }

    @AfterAll
    static void drop() throws SQLException {
        tables.close();
        database.close();
    }

    private static History given(VezaEvent... events) {
        History history = new History();
        history.append(events);
        tables.applyEveryWay(history.seenBy(new SearchProjection()), 11);
        return history;
    }

    @Test
    void messagesAreFoundByTheirWordsWithoutCaseAndAccents() {
        given(said("hall", "ada", "Le CAFÉ, c'est prêt!"), said("hall", "bob", "İstanbul 2026 no_way 3.14 日本"));

        assertThat(hits("cafe")).containsExactly(1L);
        assertThat(hits("pret & c & est")).containsExactly(1L);
        assertThat(hits("istanbul & 2026 & no & way & 3 & 14 & 日本")).containsExactly(2L);
        assertThat(hits("caf")).isEmpty();
        assertThat(hits("caf:*")).containsExactly(1L);
    }

    @Test
    void ofAScriptWithoutSpacesEachPartIsFound() {
        given(said("hall", "ada", "明日の会議は10時"), said("hall", "bob", "社会"), said("hall", "bob", "สวัสดี"));

        assertThat(hits("会議")).containsExactly(1L);
        assertThat(hits("日の & の会 & 会議")).containsExactly(1L);
        assertThat(hits("会:*")).containsExactly(1L, 2L);
        assertThat(hits("10")).containsExactly(1L);
        assertThat(hits("สว & วส")).containsExactly(3L);
    }

    @Test
    void theRoomIsAWordToo() {
        given(said("hall", "ada", "hello one"), said("den", "ada", "hello two"), said("hall", "bob", "hello three"));

        assertThat(hits("hello & r" + plain("hall"))).containsExactly(1L, 3L);
    }

    @Test
    void anEditReplacesTheWordsAndADeletionTakesThem() {
        given(
                said("hall", "ada", "first"),
                said("hall", "ada", "second"),
                edited("hall", "ada", "first", "third"),
                edited("hall", "ada", "second", "fourth"),
                deleted("hall", "ada", "second"),
                edited("hall", "ada", "second", "fifth"));

        assertThat(hits("first | second | fourth | fifth")).isEmpty();
        assertThat(hits("third")).containsExactly(1L);
    }

    @Test
    void whoIsErasedCannotBeFoundByTheirWords() {
        History history = given(
                said("hall", "ada", "a secret"),
                edited("hall", "ada", "a secret", "another secret"),
                said("hall", "bob", "no secret"),
                new PersonErased(id("ada")));

        assertThat(hits("secret")).containsExactly(3L);
        var live = tables.rows();
        var later = tables.applyEveryWay(history.seenLaterBy(new SearchProjection()), 12);
        ProjectorTables.assertSame("live", live, "in a history without their key", later);
    }

    @Test
    void aWordOfAnyLengthIsTaken() {
        given(
                said("hall", "ada", "x".repeat(10_000)),
                said("hall", "ada", "…"),
                said("hall", "ada", "日".repeat(3_000)));

        assertThat(hits("xxx:*")).containsExactly(1L);
        assertThat(hits("r" + plain("hall"))).containsExactly(1L, 2L, 3L);
    }

    private static String plain(String name) {
        return id(name).toString().replace("-", "");
    }

    private static List<Long> hits(String query) {
        return tables.dsl()
                .fetch("select position from view.message_words where words @@ ?::tsquery order by position", query)
                .getValues(0, Long.class);
    }
}
