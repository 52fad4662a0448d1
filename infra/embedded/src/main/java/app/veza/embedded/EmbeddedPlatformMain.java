package app.veza.embedded;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A platform as a process of its own: {@code EmbeddedPlatformMain DIRECTORY PROPERTIES_FILE [--throw-away]}. Prints
 * {@code ready} when the properties file is written, and stays until standard input ends or SIGTERM comes.
 */
public final class EmbeddedPlatformMain {

    private EmbeddedPlatformMain() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 2 || arguments.length > 3) {
            System.err.println("Usage: EmbeddedPlatformMain DIRECTORY PROPERTIES_FILE [--throw-away]");
            System.exit(2);
        }
        boolean throwAway = arguments.length == 3 && arguments[2].equals("--throw-away");
        try {
            var platform = EmbeddedPlatform.start(
                    EmbeddedPlatformOptions.in(Path.of(arguments[0])).withThrowAway(throwAway));
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(platform::close));
            platform.writeProperties(Path.of(arguments[1]));
            System.out.println("ready");
        } catch (EmbeddedPlatformException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
        while (System.in.read() >= 0) {
            // Whatever comes is not for us; only the end counts
        }
        System.exit(0);
    }
}
