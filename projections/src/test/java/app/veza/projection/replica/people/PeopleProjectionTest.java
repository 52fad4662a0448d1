package app.veza.projection.replica.people;

import static app.veza.projection.kit.Events.id;
import static app.veza.projection.kit.Events.registered;
import static org.assertj.core.api.Assertions.assertThat;

import app.veza.embedded.EmbeddedPlatform;
import app.veza.projection.kit.History;
import app.veza.projection.kit.ProjectorTables;
import org.junit.jupiter.api.Test;

class PeopleProjectionTest {

    @Test
    void peopleAsOthersSeeThem() throws Exception {
        History history = new History();
        history.append(registered("Ada"), registered("bob"));
        try (var database = EmbeddedPlatform.shared().freshDatabase();
                var tables = ProjectorTables.create(new PeopleProjection(), database)) {
            tables.apply(history.seenBy(new PeopleProjection()));

            assertThat(tables.dsl().fetch("select * from view.people order by username_key"))
                    .satisfiesExactly(
                            ada -> assertThat(ada.intoMap())
                                    .containsEntry("person_id", id("Ada"))
                                    .containsEntry("username", "Ada")
                                    .containsEntry("username_key", "ada")
                                    .containsEntry("display_name", "Ada Display")
                                    .containsEntry("display_name_key", "ada display")
                                    .containsEntry("registered_position", 1L),
                            bob -> assertThat(bob.intoMap()).containsEntry("username", "bob"));
            assertThat(tables.rows().toString())
                    .as("neither addresses nor passwords leave the log")
                    .doesNotContain("example.org", "argon2");
        }
    }
}
