package app.veza.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code ./veza} of the repository that this runs from, for one platform. */
public final class VezaScript {

    private final Path script;
    private final Path data;

    private VezaScript(Path script, Path data) {
        this.script = script;
        this.data = data;
    }

    /** @param data the platform's data directory */
    public static VezaScript of(Path data) {
        return new VezaScript(Path.of(System.getProperty("veza.repository"), "veza"), data);
    }

    /** A command that ended badly; why it has said itself, where this process's errors go. */
    public static final class Failed extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        Failed(String message) {
            super(message);
        }
    }

    /** @return what it said on standard output; the rest goes where this process's goes */
    public String run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--data", data.toString()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        // of a platform that it starts: a few people do there what thousands do elsewhere
        builder.environment().put("VEZA_RATELIMIT_ENABLED", "false");
        Process process = builder.start();
        try (InputStream out = process.getInputStream()) {
            String text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new Failed("'%s' failed: %s".formatted(String.join(" ", command), text));
            }
            return text;
        }
    }
}
