package app.veza.server.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import app.veza.server.journey.Client.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

/** Who may do what to whom in the web client. */
class WebModerationTest extends WebClientJourney {

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
}
