package app.veza.server.journey;

import app.veza.server.journey.Client.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;

/** What journeys through the web client share: two people who meet in a room, one of them with a phone. */
abstract class WebClientJourney {

    static final Duration PATIENCE = Duration.ofSeconds(90);
    static final By COMPOSER = By.cssSelector(".composer textarea");

    static final String READERS_OF_LAST =
            "return [...document.querySelectorAll('.message')].at(-1).querySelector('.receipts')?.ariaLabel";

    /** In pixels. */
    static final String PANEL_BEYOND_SIGHT =
            "const panel = document.querySelector('.panel-scroll'); return panel.scrollWidth - panel.clientWidth";

    @TempDir
    static Path directory;

    static Product product;
    static String url;
    static Browser anna;
    static Browser ben;

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

    static Client signIn(String username) {
        Answer login = product.anonymous()
                .post("/auth/login", Map.of("username", username, "password", "correct horse battery"));
        return product.anonymous().as(login.text("accessToken"));
    }
}
