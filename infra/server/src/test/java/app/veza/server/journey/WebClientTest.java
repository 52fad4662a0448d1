package app.veza.server.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.server.gateway.GatewayNode;
import app.veza.server.journey.Client.Answer;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
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

    /** In pixels. */
    private static final String PANEL_BEYOND_SIGHT =
            "const panel = document.querySelector('.panel-scroll'); return panel.scrollWidth - panel.clientWidth";

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

    @Test
    void aRoomThatIsClosedCanBeReadOn() {
        try (Browser dora = Browser.open(directory.resolve("dora"))) {
            dora.register(url, "dora", "Dora P");
            dora.click("New room");
            dora.fill("Name", "Jetty");
            dora.click("Create room");
            dora.see("This is where Jetty begins");
            dora.say("last words");
            dora.see(".message .text", "last words");
            String room = String.valueOf(dora.run("return location.hash.split('/')[2]"));

            assertThat(signIn("dora").send("DELETE", "/api/rooms/" + room, null).status())
                    .isEqualTo(204);
            dora.see("This room is closed");
            dora.see(".message .text", "last words");
            assertThat(dora.texts(".composer textarea")).isEmpty();
            dora.go(url + "#/rooms/" + room);
            dora.run("location.reload()");
            dora.see("This room is closed");

            dora.click("New room");
            dora.fill("Name", "Pier");
            dora.click("Create room");
            dora.see("This is where Pier begins");
            dora.click("People: 1 member");
            dora.click("Close room");
            dora.click("Really close room");
            dora.see("This room is closed");
            assertThat(dora.complaints()).isEmpty();
        }
    }

    @Test
    void whoOwnsARoomModeratesItAndChangesTheirPassword() {
        try (Browser fern = Browser.open(directory.resolve("fern"))) {
            fern.register(url, "fern", "Fern R");
            fern.click("New room");
            fern.fill("Name", "Sluice");
            fern.click("Create room");
            fern.see("This is where Sluice begins");
            String room = "/api/rooms/" + fern.run("return location.hash.split('/')[2]");
            String bensId = signIn("ben").get("/api/me").text("id");
            assertThat(signIn("fern")
                            .send("PUT", room + "/members/" + bensId, "{}")
                            .status())
                    .isEqualTo(204);

            fern.click("People: 2 members");
            fern.see(".panel li", "Ben O");
            assertThat(fern.run(PANEL_BEYOND_SIGHT))
                    .as("no button is out of sight")
                    .isEqualTo(0L);
            fern.click("Mute Ben O");
            fern.see(".panel li", "muted");
            String harbour = String.valueOf(ben.run("return location.hash"));
            ben.run("location.hash = arguments[0]", fern.run("return location.hash"));
            ben.see("A moderator muted you here. You can read on.");
            assertThat(ben.texts(".room-title p")).containsExactly("2 members");
            fern.click("Mute Ben O");
            ben.click(COMPOSER);
            ben.run("location.hash = arguments[0]", harbour);
            fern.click("Edit room");
            fern.fill("Members wait between two messages", "10 seconds");
            fern.click("Save");
            await("the room is slow")
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(signIn("fern")
                                    .get(room)
                                    .body()
                                    .path("slowModeSeconds")
                                    .asInt())
                            .isEqualTo(10));
            assertThat(signIn("fern").send("PATCH", room, "{\"name\":\"Lock\"}").status())
                    .isEqualTo(204);
            fern.see("This is where Lock begins");
            fern.click("Ban Ben O");
            fern.see("1 member");
            fern.see(".panel li", "@ben · by Fern R");
            assertThat(fern.nameless()).isEmpty();
            fern.click("Lift the ban of Ben O");
            fern.see("Ben O may come in again");
            assertThat(fern.texts(".panel li")).noneMatch(person -> person.contains("@ben"));
            assertThat(signIn("ben").send("PUT", room + "/members/me", "{}").status())
                    .isEqualTo(204);

            fern.click("Settings");
            fern.click(By.cssSelector("details summary"));
            fern.fill("Current password", "correct horse battery");
            fern.fill("New password", "another horse battery");
            fern.click("Change password");
            fern.see("Your password is changed");
            assertThat(product.anonymous()
                            .post("/auth/login", Map.of("username", "fern", "password", "another horse battery"))
                            .status())
                    .isEqualTo(200);
            assertThat(fern.complaints()).isEmpty();
        }
    }

    @Test
    void thePlatformsModeratorsLookAfterPublicRooms() {
        try (Browser mods = Browser.open(directory.resolve("joins"))) {
            mods.register(url, "mods", "Mo D");
        }
        product.anonymous().as(Product.OPERATOR_TOKEN).post("/api/admin/admins", Map.of("username", "mods"));
        Client client = signIn("mods");
        Answer roles = client.put(
                "/api/users/" + client.get("/api/me").text("id") + "/roles",
                Map.of("roles", List.of("user", "moderator", "admin")));
        assertThat(roles.status()).as(roles.toString()).isEqualTo(200);
        String room = signIn("anna")
                .post("/api/rooms", Map.of("name", "Weir", "visibility", "public"))
                .text("roomId");
        for (String member : List.of("ben", "mods")) {
            assertThat(signIn(member)
                            .send("PUT", "/api/rooms/" + room + "/members/me", "{}")
                            .status())
                    .isEqualTo(204);
        }
        try (Browser mods = Browser.open(directory.resolve("mods"))) {
            mods.signIn(url, "mods");
            mods.run("location.hash = arguments[0]", "#/rooms/" + room);
            mods.see("This is where Weir begins");
            mods.click("People: 3 members");
            assertThat(mods.texts("[aria-label='Ban Mo D']")).isEmpty();
            mods.click("Mute Ben O");
            mods.see(".panel li", "muted");
            mods.click("Ban Ben O");
            mods.see(".panel li", "@ben · by Mo D");
            assertThat(mods.nameless()).isEmpty();
            assertThat(mods.complaints()).isEmpty();
        }
    }

    @Test
    void whoBlocksSomebodySeesItAndTakesItBack() {
        try (Browser gwen = Browser.open(directory.resolve("gwen"))) {
            gwen.register(url, "gwen", "Gwen S");
            gwen.click("Find public rooms");
            gwen.click(By.xpath("//dialog//button[contains(., 'Harbour')]"));
            gwen.see("This is where Harbour begins");
            Client gwens = signIn("gwen");

            gwen.click(By.cssSelector("[title='People']"));
            gwen.click("Block Ben O");
            gwen.see(".panel li", "blocked");
            assertThat(gwens.get("/api/users?blocked=true").body().findValuesAsString("username"))
                    .containsExactly("ben");
            gwen.click("Settings");
            gwen.see("Whom you have blocked");
            assertThat(gwen.nameless()).isEmpty();
            gwen.click("Unblock Ben O");
            gwen.see("Nobody. You can block people");
            assertThat(gwens.get("/api/users?blocked=true").body().path("items"))
                    .isEmpty();
            assertThat(gwen.complaints()).isEmpty();
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

    private static Client signIn(String username) {
        Answer login = product.anonymous()
                .post("/auth/login", Map.of("username", username, "password", "correct horse battery"));
        return product.anonymous().as(login.text("accessToken"));
    }
}
