package app.veza.server.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A Chromium of one person, with a profile of its own. What is looked for is waited for. */
final class Browser implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** @param profile an empty directory */
    static Browser open(Path profile, String... more) {
        var options = new ChromeOptions();
        options.setBinary(executable("chromium").toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--window-size=1280,800",
                "--user-data-dir=" + profile);
        options.addArguments(more);
        var logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        var service = new ChromeDriverService.Builder()
                .usingDriverExecutable(executable("chromedriver").toFile())
                .usingAnyFreePort()
                .build();
        var driver = new ChromeDriver(service, options);
        driver.manage().timeouts().scriptTimeout(PATIENCE);
        return new Browser(driver);
    }

    private static Path executable(String name) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException(
                                "There is no " + name
                                        + " on the PATH: the web client is tested in Chromium. './veza test' installs it on Debian as root; else: apt-get install chromium chromium-driver"));
    }

    void go(String url) {
        driver.get(url);
    }

    /** As wide and as high as a small phone, with a finger in place of a mouse. */
    void becomePhone() {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", 360, "height", 740, "deviceScaleFactor", 1, "mobile", true));
    }

    void register(String url, String username, String displayName) {
        go(url);
        click("Create an account");
        fill("Username", username);
        fill("Display name (optional)", displayName);
        fill("E-mail", username + "@example.org");
        fill("Password", "correct horse battery");
        click("Create account");
        see("@" + username);
    }

    void signIn(String url, String username) {
        go(url);
        fill("Username", username);
        fill("Password", "correct horse battery");
        click("Sign in");
        see("@" + username);
    }

    void fill(String label, String text) {
        String id = find(By.xpath("//label[normalize-space()='" + label + "']")).getAttribute("for");
        find(By.id(id)).sendKeys(text);
    }

    /** A button or link that has this name, by its text or by its label. */
    void click(String name) {
        By named = By.xpath(
                ("//*[self::button or self::a][not(@disabled)][normalize-space()='%1$s' or @aria-label='%1$s']")
                        .formatted(name));
        act(named, WebElement::click);
    }

    void click(By what) {
        act(what, WebElement::click);
    }

    void type(By where, CharSequence... keys) {
        act(where, field -> field.sendKeys(keys));
    }

    void say(String text) {
        type(By.cssSelector(".composer textarea"), text, Keys.ENTER);
    }

    /** Until the page shows it. */
    void see(String text) {
        await("the page shows '" + text + "'")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(text()).contains(text));
    }

    /** Until something that is selected so has the text. */
    void see(String selector, String text) {
        await(selector + " shows '" + text + "'")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(texts(selector)).anyMatch(shown -> shown.contains(text)));
    }

    List<String> texts(String selector) {
        return strings("return [...document.querySelectorAll(arguments[0])].map(e => e.innerText)", selector);
    }

    /** Of the messages that are shown, in order. */
    List<String> messages() {
        return texts(".message .text");
    }

    Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** What the script hands to the function that is its last argument. */
    Object later(String script) {
        return driver.executeAsyncScript(script);
    }

    private List<String> strings(String script, Object... arguments) {
        return ((List<?>) driver.executeScript(script, arguments))
                .stream().map(String::valueOf).toList();
    }

    private String text() {
        return String.valueOf(driver.executeScript("return document.body.innerText"));
    }

    private WebElement find(By what) {
        return await("there is " + what)
                .atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(WebDriverException.class)
                .until(() -> driver.findElement(what), WebElement::isDisplayed);
    }

    /** Again when the page was drawn anew in between. */
    private void act(By what, Consumer<WebElement> action) {
        await("there is " + what)
                .atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(StaleElementReferenceException.class)
                .until(() -> {
                    action.accept(find(what));
                    return true;
                });
    }

    /** What a screen reader could not name: buttons, links and fields without a name. */
    List<String> nameless() {
        driver.executeCdpCommand("Accessibility.enable", Map.of());
        var tree = (List<?>) driver.executeCdpCommand("Accessibility.getFullAXTree", Map.of())
                .get("nodes");
        List<String> kinds = List.of(
                "button", "link", "textbox", "searchbox", "checkbox", "radio", "slider", "dialog", "img", "image");
        return tree.stream()
                .map(node -> (Map<?, ?>) node)
                .filter(node -> !Boolean.TRUE.equals(node.get("ignored")))
                .filter(node -> kinds.contains(value(node.get("role"))))
                .filter(node -> value(node.get("name")).isBlank())
                .map(String::valueOf)
                .toList();
    }

    private static String value(Object holder) {
        return holder instanceof Map<?, ?> map && map.get("value") != null ? String.valueOf(map.get("value")) : "";
    }

    /** What the browser complained of, failures of scripts and of requests among it. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(entry -> entry.getLevel() + " " + entry.getMessage())
                .toList();
    }

    @Override
    public void close() {
        driver.quit();
    }
}
