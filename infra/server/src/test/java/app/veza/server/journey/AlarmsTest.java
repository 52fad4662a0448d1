package app.veza.server.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** An alarm on a metric that nobody exposes is silent for ever. */
class AlarmsTest {

    private static final Path RULES = Path.of("../deploy/prometheus/alerts.yml");
    private static final Pattern AGGREGATED_BY = Pattern.compile("\\b(?:sum|min|max) by \\([^)]*\\)");
    /** A name that is no function's, and what is asked of its labels. */
    private static final Pattern SELECTOR =
            Pattern.compile("\\b(?<metric>[a-z][a-z0-9_]*_[a-z0-9_]*)\\b(?!\\()(?:\\{(?<labels>[^}]*)})?");

    @TempDir
    private Path directory;

    private record Alarm(String name, String expression) {}

    @Test
    void everyMetricAndLabelThatAnAlarmLooksAtIsExposed() throws Exception {
        List<Alarm> alarms = alarms();
        assertThat(alarms).hasSizeGreaterThan(10);
        try (Product product = new Product(directory)) {
            String address = product.anonymous().base() + "/actuator/prometheus";
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                List<String> exposed = lines(address);
                assertThat(alarms).allSatisfy(alarm -> isExposed(alarm, exposed));
            });
        }
    }

    private static void isExposed(Alarm alarm, List<String> exposed) {
        var selectors =
                SELECTOR.matcher(AGGREGATED_BY.matcher(alarm.expression()).replaceAll(""));
        int found = 0;
        while (selectors.find()) {
            found++;
            String start = selectors.group("metric") + "{";
            String labels = selectors.group("labels") == null ? "" : selectors.group("labels");
            assertThat(exposed)
                    .as("%s: %s", alarm.name(), selectors.group())
                    .anyMatch(line -> line.startsWith(start) && line.contains(labels));
        }
        assertThat(found).as(alarm.toString()).isPositive();
    }

    private static List<Alarm> alarms() throws IOException {
        Map<String, List<Map<String, List<Map<String, Object>>>>> file = new Yaml().load(Files.readString(RULES));
        return file.get("groups").stream()
                .flatMap(group -> group.get("rules").stream())
                .map(rule -> new Alarm(String.valueOf(rule.get("alert")), String.valueOf(rule.get("expr"))))
                .toList();
    }

    private static List<String> lines(String address) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString())
                    .body()
                    .lines()
                    .toList();
        }
    }
}
