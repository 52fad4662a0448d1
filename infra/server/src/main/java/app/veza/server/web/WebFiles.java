package app.veza.server.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * The files of the client, in memory. Its modules name each other by relative paths, so they have one version together: it stands
 * in their addresses, and what is behind such an address never changes.
 */
final class WebFiles {

    private static final String ROOT = "app/veza/server/web/";
    private static final String PAGE = "index.html";

    /** Loaded only by who listens to something. */
    private static final String LATER = "vendor/hls/";

    private final Map<String, WebFile> files;
    private final String page;
    private final String version;

    private WebFiles(SortedMap<String, WebFile> files, String page) {
        this.files = files;
        this.page = page;
        var all = new StringBuilder();
        files.forEach((path, file) -> all.append(path).append(file.hash()));
        this.version = WebFile.hash(all.toString().getBytes(UTF_8));
    }

    /** @throws IllegalStateException when they are not on the class path */
    static WebFiles read() {
        SortedMap<String, WebFile> files = new TreeMap<>();
        try {
            Resource[] found = new PathMatchingResourcePatternResolver().getResources("classpath*:" + ROOT + "**/*.*");
            for (Resource file : found) {
                if (file.isReadable()) {
                    String url = file.getURL().toString();
                    String path = url.substring(url.lastIndexOf(ROOT) + ROOT.length());
                    files.put(path, WebFile.of(path, file.getContentAsByteArray()));
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("The web client cannot be read from the class path", failure);
        }
        WebFile page = files.remove(PAGE);
        if (page == null) {
            throw new IllegalStateException("There is no " + ROOT + PAGE + " on the class path: build Veza anew");
        }
        return new WebFiles(files, new String(page.bytes(), UTF_8));
    }

    /** All that the page is going to ask for: else it learns of each module only from the one that names it. */
    private String modules() {
        return files.keySet().stream()
                .filter(path -> path.endsWith(".js") && !path.startsWith(LATER))
                .map("<link rel=\"modulepreload\" href=\"/client/{{version}}/%s\">"::formatted)
                .collect(Collectors.joining("\n    "));
    }

    /** Of all files but the page. */
    String version() {
        return version;
    }

    Optional<WebFile> file(String path) {
        return Optional.ofNullable(files.get(path));
    }

    /** @param values for the page's {@code {{names}}}, which hold nothing that HTML gives a meaning to */
    WebFile page(Map<String, String> values) {
        String filled = page.replace("{{modules}}", modules()).replace("{{version}}", version);
        for (var value : values.entrySet()) {
            filled = filled.replace("{{" + value.getKey() + "}}", value.getValue());
        }
        return WebFile.of(PAGE, filled.getBytes(UTF_8));
    }
}
