package app.veza.server.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page at {@code /} and what it loads, as they are served. */
class WebPageTest extends SocketJourney {

    @Test
    void thePageRunsOurOwnScriptsOnlyAndIsAskedForEachTime() throws IOException {
        String page = get("/");

        assertThat(page)
                .startsWith("HTTP/1.1 200")
                .contains("Content-Type: text/html;charset=utf-8", "script-src 'self';", "style-src 'self';")
                .contains("frame-ancestors 'none'", "microphone=(self)", "Cross-Origin-Opener-Policy: same-origin")
                .contains("Cache-Control: no-cache")
                .contains("<meta name=\"veza-gateway-url\" content=\"" + product.property("veza.gateway-url") + "\">")
                .doesNotContain("{{");
        assertThat(get("/", "If-None-Match: " + header(page, "ETag"))).startsWith("HTTP/1.1 304");
    }

    @Test
    void whatThePageLoadsIsKeptForEver() throws IOException {
        Matcher main =
                Pattern.compile("src=\"(/client/[0-9a-f]+/app/main.js)\"").matcher(get("/"));
        assertThat(main.find()).isTrue();

        String script = get(main.group(1));
        assertThat(script)
                .startsWith("HTTP/1.1 200")
                .contains("Content-Type: text/javascript;charset=utf-8", "immutable", "Vary: Accept-Encoding");
        assertThat(get(main.group(1), "Accept-Encoding: gzip")).contains("Content-Encoding: gzip");
        assertThat(get("/client/another-version/app/main.js"))
                .startsWith("HTTP/1.1 200")
                .contains("Cache-Control: no-cache");
        assertThat(get("/client/any/app/nowhere.js")).startsWith("HTTP/1.1 404").contains("application/problem+json");
    }

    private static String get(String path, String... headers) throws IOException {
        StringBuilder head = new StringBuilder("GET " + path + " HTTP/1.1\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        return new RawHttp(product.anonymous().base())
                .send(head.toString(), new byte[0])
                .text();
    }

    private static String header(String answer, String name) {
        return answer.lines()
                .filter(line -> line.startsWith(name + ": "))
                .findFirst()
                .orElseThrow()
                .substring(name.length() + 2);
    }
}
