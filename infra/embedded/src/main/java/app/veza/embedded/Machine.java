package app.veza.embedded;

import java.util.List;

/** What the embedded servers need of a machine. */
final class Machine {

    private Machine() {}

    static void check() {
        String system = System.getProperty("os.name");
        String architecture = System.getProperty("os.arch");
        if (!system.equals("Linux") || !architecture.equals("amd64")) {
            throw new EmbeddedPlatformException(
                    "The embedded servers run on Linux on x86-64 only, this is %s on %s: use servers of your own with --external."
                            .formatted(system, architecture));
        }
        List.of("setsid", "setpriv").forEach(Tools::find);
    }
}
