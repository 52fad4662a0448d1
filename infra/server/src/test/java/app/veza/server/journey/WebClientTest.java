package app.veza.server.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.server.gateway.GatewayNode;
import app.veza.server.journey.Client.Answer;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** Two people in two browsers, one of them on a phone, with what the product serves at its address. */
class WebClientTest extends WebClientJourney {

    @Test
    void theyTalk() {
        anna.say("@ben, ahoy <b>there</b>");
        ben.see(".message .text", "@ben, ahoy <b>there</b>");
        assertThat(ben.texts(".message.names-me .mention.me")).as("he is named").contains("@ben");

        ben.type(COMPOSER, "I am wri");
        anna.see(".typing", "Ben O is typing");
        ben.type(COMPOSER, "ting", Keys.ENTER);
        anna.see(".message .text", "I am writing");
        anna.say("Have you seen this?");
        await("Ben is shown to have read it")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(anna.run(READERS_OF_LAST)).isEqualTo("Read by Ben O"));

        anna.click("People: 2 members");
        await("Ben is online")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(anna.texts(".panel li"))
                        .anyMatch(member -> member.contains("Ben O") && member.contains("Online")));
        assertThat(anna.nameless()).isEmpty();
        assertThat(ben.nameless()).isEmpty();
        anna.click("Close People");

        assertThat(ben.run("return document.documentElement.scrollWidth"))
                .as("a phone's width is enough")
                .isEqualTo(360L);
        assertThat(anna.complaints()).isEmpty();
        assertThat(ben.complaints()).isEmpty();
    }

    @Test
    void whoWasCutOffMissesNothingAndLosesNothing() {
        GatewayNode gateway = product.part(GatewayNode.class);
        String room = String.valueOf(anna.run("return location.hash.split('/')[2]"));
        Client benElsewhere = signIn("ben");

        gateway.stop();
        anna.see("Reconnecting");
        anna.say("said while cut off");
        Answer sent = benElsewhere.post("/api/rooms/" + room + "/messages", Map.of("text", "missed by Anna"));
        assertThat(sent.status()).isEqualTo(201);
        gateway.start();

        for (Browser browser : new Browser[] {anna, ben}) {
            browser.see(".message .text", "said while cut off");
            browser.see(".message .text", "missed by Anna");
        }
        await("it was sent, and once").atMost(PATIENCE).untilAsserted(() -> {
            assertThat(anna.texts(".message.waiting")).isEmpty();
            assertThat(anna.messages()).containsOnlyOnce("said while cut off", "missed by Anna");
            assertThat(ben.messages()).containsOnlyOnce("said while cut off", "missed by Anna");
        });
        // the browser itself writes down each attempt to connect while there was nothing to connect to
        assertThat(anna.complaints()).allMatch(complaint -> complaint.contains("WebSocket"));
        assertThat(ben.complaints()).allMatch(complaint -> complaint.contains("WebSocket"));
    }

    @Test
    void aSessionThatIsEndedElsewhereIsOverAtOnce() {
        try (Browser cara = Browser.open(directory.resolve("cara"))) {
            cara.register(url, "cara", "Cara N");

            assertThat(signIn("cara").send("DELETE", "/auth/sessions", null).status())
                    .isBetween(200, 204);

            cara.see("Your session");
            cara.see("Sign in");
            assertThat(cara.run("return localStorage.length")).isEqualTo(0L);
        }
    }

    @Test
    void whoJumpsToWhatTheySearchedForReadsOnToThePresent() {
        try (Browser hugo = Browser.open(directory.resolve("hugo"))) {
            hugo.register(url, "hugo", "Hugo T");
            hugo.click("New room");
            hugo.fill("Name", "Estuary");
            hugo.click("Create room");
            hugo.see("This is where Estuary begins");
            String messages = "/api/rooms/" + hugo.run("return location.hash.split('/')[2]") + "/messages";
            Client hugos = signIn("hugo");
            List<String> said = new ArrayList<>(List.of("the source"));
            IntStream.rangeClosed(1, 130).forEach(i -> said.add("drop " + i));
            said.forEach(text -> assertThat(
                            hugos.post(messages, Map.of("text", text)).status())
                    .isEqualTo(201));
            hugo.run("location.reload()");
            hugo.see(".message .text", "drop 130");

            hugo.click("Search");
            hugo.type(By.cssSelector(".panel input[type='search']"), "source");
            hugo.click(By.cssSelector(".hit"));
            hugo.see(".message .text", "the source");
            assertThat(hugo.messages()).doesNotContain("drop 130");

            await("all that was said since").atMost(PATIENCE).untilAsserted(() -> {
                hugo.run("const box = document.querySelector('.messages'); box.scrollTop = box.scrollHeight");
                assertThat(hugo.messages()).isEqualTo(said);
            });
            assertThat(hugo.complaints()).isEmpty();
        }
    }

    /** More than a socket may ask for at once. */
    @Test
    void allOfManyRoomsAreFollowedWithoutBeingTooLoud() {
        int many = 260;
        MeterRegistry meters = product.part(MeterRegistry.class);
        try (Browser emil = Browser.open(directory.resolve("emil"))) {
            emil.register(url, "emil", "Emil Q");
            Client emils = signIn("emil");
            double before = meters.get("gateway.topics").gauge().value();
            for (int i = 0; i < many; i++) {
                assertThat(emils.post("/api/rooms", Map.of("name", "Berth " + i, "visibility", "private"))
                                .status())
                        .isEqualTo(201);
            }

            emil.run("location.reload()");

            await("all are followed")
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(
                                    meters.get("gateway.topics").gauge().value())
                            .isGreaterThanOrEqualTo(before + many));
            assertThat(emil.texts(".entry[data-room]")).hasSize(many);
            assertThat(meters.get("gateway.closes")
                            .tag("code", "4429")
                            .counter()
                            .count())
                    .isZero();
            assertThat(emil.complaints()).isEmpty();
        }
    }
}
