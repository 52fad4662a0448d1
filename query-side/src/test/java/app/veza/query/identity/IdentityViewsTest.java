package app.veza.query.identity;

import static app.veza.projection.kit.Events.id;
import static app.veza.projection.kit.Events.registered;
import static org.assertj.core.api.Assertions.assertThat;

import app.veza.event.identity.PersonBlocked;
import app.veza.event.identity.PersonErased;
import app.veza.event.identity.ProfileChanged;
import app.veza.query.QuerySideFixture;
import app.veza.query.QuerySideFixture.Answer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdentityViewsTest {

    private static QuerySideFixture veza;

    @BeforeAll
    static void start() {
        veza = new QuerySideFixture();
        veza.given(registered("Ada"), registered("adrian"), registered("bob_100%"));
    }

    @AfterAll
    static void stop() {
        veza.close();
    }

    @Test
    void myProfile() {
        assertThat(veza.as("Ada", "/api/me").body().toString())
                .isEqualTo("{\"id\":\"%s\",\"username\":\"Ada\",\"displayName\":\"Ada Display\",\"roles\":[\"user\"]}"
                        .formatted(id("Ada")));
    }

    @Test
    void whoHasJustRegisteredIsWaitedFor() {
        var answer = CompletableFuture.supplyAsync(() -> veza.as("newcomer", "/api/me", Map.of()));
        veza.given(registered("newcomer"));

        assertThat(answer)
                .succeedsWithin(Duration.ofSeconds(10))
                .extracting(Answer::status)
                .isEqualTo(200);
    }

    @Test
    void whoNeverRegisteredIsNotFound() {
        Answer answer = veza.as("nobody", "/api/me");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.problem()).isEqualTo("not-found");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ad|Ada,adrian",
                "ADR|adrian",
                "ada%20d|Ada",
                "b|bob_100%",
                "bob_100%25|bob_100%",
                "%25|''",
                "_|''",
                "%00|''"
            })
    void othersByTheBeginningOfTheirNames(String q, String found) {
        Answer answer = veza.as("Ada", "/api/users?q=" + q);

        assertThat(String.join(",", answer.strings("items", "/username"))).isEqualTo(found);
    }

    /** As it may come from a keyboard of East Asia, or from a text that was typeset. */
    @Test
    void othersByNamesInCompatibilityCharacters() {
        veza.given(
                registered("wide"),
                new ProfileChanged(id("wide"), "\uFF2A\uFF41\uFF4E\uFF45"),
                registered("set"),
                new ProfileChanged(id("set"), "So\uFB01a"));

        assertThat(veza.as("Ada", "/api/users?q=jane").strings("items", "/username"))
                .containsExactly("wide");
        assertThat(veza.as("Ada", "/api/users?q=%EF%BC%AA%EF%BD%81").strings("items", "/username"))
                .containsExactly("wide");
        assertThat(veza.as("Ada", "/api/users?q=sofi").strings("items", "/username"))
                .containsExactly("set");
    }

    @Test
    void othersPageByPage() {
        Answer first = veza.as("Ada", "/api/users?q=ad&limit=1");
        Answer second = veza.as(
                "Ada",
                "/api/users?q=ad&limit=1&cursor="
                        + first.body().get("nextCursor").asString());

        assertThat(first.strings("items", "/username")).containsExactly("Ada");
        assertThat(second.strings("items", "/username")).containsExactly("adrian");
    }

    @Test
    void neitherWhomTheCallerBlocksNorWhoBlocksTheCaller() {
        veza.given(
                registered("zoe"),
                registered("zack"),
                registered("zelda"),
                new PersonBlocked(id("zoe"), id("zack"), id("pair")),
                new PersonBlocked(id("zelda"), id("zoe"), id("other pair")));

        assertThat(veza.as("zoe", "/api/users?q=z").strings("items", "/username"))
                .containsExactly("zoe");
        assertThat(veza.as("Ada", "/api/users?q=z").strings("items", "/username"))
                .containsExactly("zack", "zelda", "zoe");
        assertThat(veza.as("zoe", "/api/users?blocked=true").strings("items", "/username"))
                .containsExactly("zack");
        assertThat(veza.as("zoe", "/api/users/" + id("zelda")).status()).isEqualTo(200);
    }

    @Test
    void whoIsErasedKeepsAnIdAndIsFoundByNothingElse() {
        veza.given(registered("gone"), new PersonErased(id("gone")));

        assertThat(veza.as("Ada", "/api/users/" + id("gone"))
                        .body()
                        .get("username")
                        .asString())
                .isEqualTo("[erased]");
        assertThat(veza.as("Ada", "/api/users?q=gone").strings("items", "/username"))
                .isEmpty();
        assertThat(veza.as("gone", "/api/me", Map.of()).status()).isEqualTo(404);
    }

    @Test
    void oneByTheirId() {
        assertThat(veza.as("Ada", "/api/users/" + id("adrian")).body().propertyNames())
                .containsExactly("id", "username", "displayName");
        assertThat(veza.as("Ada", "/api/users/" + id("nobody")).problem()).isEqualTo("not-found");
    }
}
