package app.veza.projection.replica.people;

import static app.veza.projection.kit.Events.id;
import static app.veza.projection.kit.Events.registered;
import static org.assertj.core.api.Assertions.assertThat;

import app.veza.embedded.EmbeddedPlatform;
import app.veza.embedded.FreshDatabase;
import app.veza.event.Erased;
import app.veza.event.VezaEvent;
import app.veza.event.identity.PersonBlocked;
import app.veza.event.identity.PersonErased;
import app.veza.event.identity.PersonUnblocked;
import app.veza.event.identity.ProfileChanged;
import app.veza.event.identity.Role;
import app.veza.event.identity.RolesChanged;
import app.veza.projection.kit.History;
import app.veza.projection.kit.ProjectorTables;
import java.sql.SQLException;
import java.util.List;
import org.jooq.Record;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each history is applied in every way. */
class PeopleProjectionTest {

    private static FreshDatabase database;
    private static ProjectorTables tables;

    @BeforeAll
    static void create() {
        database = EmbeddedPlatform.shared().freshDatabase();
        tables = ProjectorTables.create(new PeopleProjection(), database);
    }

    @AfterAll
    static void drop() throws SQLException {
        tables.close();
        database.close();
    }

    private static History given(VezaEvent... events) {
        History history = new History();
        history.append(events);
        tables.applyEveryWay(history.seenBy(new PeopleProjection()), 3);
        return history;
    }

    private static Record person(String name) {
        return tables.dsl().fetchSingle("select * from view.people where person_id = ?", id(name));
    }

    @Test
    void peopleAsOthersSeeThem() {
        given(registered("Ada"), registered("bob"));

        assertThat(person("Ada").intoMap())
                .containsEntry("username", "Ada")
                .containsEntry("username_key", "ada")
                .containsEntry("display_name", "Ada Display")
                .containsEntry("display_name_key", "ada display")
                .containsEntry("registered_position", 1L)
                .containsEntry("erased_at", null);
        assertThat(person("Ada").get("roles", String[].class)).containsExactly("user");
        assertThat(person("bob").get("username")).isEqualTo("bob");
        assertThat(tables.rows().toString())
                .as("neither addresses nor passwords leave the log")
                .doesNotContain("example.org", "argon2");
    }

    @Test
    void profilesAndRolesChange() {
        given(
                registered("Ada"),
                new ProfileChanged(id("Ada"), "Countess"),
                new RolesChanged(id("Ada"), List.of(Role.USER, Role.ADMIN), null),
                new ProfileChanged(id("Ada"), "Ada Lovelace"));

        assertThat(person("Ada").intoMap())
                .containsEntry("username", "Ada")
                .containsEntry("display_name", "Ada Lovelace")
                .containsEntry("display_name_key", "ada lovelace");
        assertThat(person("Ada").get("roles", String[].class)).containsExactly("user", "admin");
    }

    @Test
    void ofWhoIsErasedTheRowStays() {
        History history = given(
                registered("Ada"),
                new ProfileChanged(id("Ada"), "Countess"),
                registered("bob"),
                new PersonErased(id("Ada")));

        assertThat(person("Ada").intoMap())
                .containsEntry("username", Erased.TEXT)
                .containsEntry("username_key", Erased.TEXT)
                .containsEntry("display_name", Erased.TEXT)
                .containsEntry("display_name_key", Erased.TEXT);
        assertThat(person("Ada").get("erased_at")).isNotNull();
        assertThat(person("bob").get("username")).isEqualTo("bob");
        var live = tables.rows();
        var later = tables.applyEveryWay(history.seenLaterBy(new PeopleProjection()), 4);
        ProjectorTables.assertSame("live", live, "in a history without their key", later);
    }

    @Test
    void aBlockStandsUntilItIsTakenBack() {
        given(
                blocks("ada", "bob"),
                blocks("ada", "eve"),
                unblocks("ada", "bob"),
                blocks("bob", "ada"),
                unblocks("bob", "ada"),
                blocks("bob", "ada"));

        assertThat(tables.dsl()
                        .fetch("select * from view.blocks order by position")
                        .map(block ->
                                block.get("person_id") + " " + block.get("blocked_id") + " " + block.get("position")))
                .containsExactly(id("ada") + " " + id("eve") + " 2", id("bob") + " " + id("ada") + " 6");
    }

    private static PersonBlocked blocks(String person, String other) {
        return new PersonBlocked(id(person), id(other), id("pair"));
    }

    private static PersonUnblocked unblocks(String person, String other) {
        return new PersonUnblocked(id(person), id(other), id("pair"));
    }
}
