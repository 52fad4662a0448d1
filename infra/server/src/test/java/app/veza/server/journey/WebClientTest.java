package app.veza.server.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.server.gateway.GatewayNode;
import app.veza.server.journey.Client.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** Two people in two browsers, one of them on a phone, with what the product serves at its address. */
class WebClientTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final By COMPOSER = By.cssSelector(".composer textarea");

    private static final String READERS_OF_LAST =
            "return [...document.querySelectorAll('.message')].at(-1).querySelector('.receipts')?.ariaLabel";

    @TempDir
    static Path directory;

    private static Product product;
    private static String url;
    private static Browser anna;
    private static Browser ben;

    /** They meet in a room. */
    @BeforeAll
    static void start() {
        product = Product.forBrowsers(directory);
        url = product.anonymous().base() + "/";
        anna = Browser.open(directory.resolve("anna"));
        ben = Browser.open(directory.resolve("ben"));
        ben.becomePhone();

        anna.register(url, "anna", "Anna M");
        anna.click("New room");
        anna.fill("Name", "Harbour");
        anna.click("Create room");
        anna.see("This is where Harbour begins");

        ben.register(url, "ben", "Ben O");
        ben.click("Find public rooms");
        ben.click(By.cssSelector("dialog .row"));
        ben.see("This is where Harbour begins");
    }

    @AfterAll
    static void stop() {
        anna.close();
        ben.close();
        product.close();
    }

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

    private static Client signIn(String username) {
        Answer login = product.anonymous()
                .post("/auth/login", Map.of("username", username, "password", "correct horse battery"));
        return product.anonymous().as(login.text("accessToken"));
    }
}
