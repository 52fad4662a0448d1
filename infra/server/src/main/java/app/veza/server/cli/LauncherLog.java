package app.veza.server.cli;

/** Where the launcher's own messages go: the events of supervision to the terminal too, the rest to a file. */
final class LauncherLog {

    private LauncherLog() {}

    /** Before anything asks for a logger. */
    static void writeTo(DataDirectory data) {
        System.setProperty("veza.launcher.log", data.launcherLog().toString());
        System.setProperty("logback.configurationFile", "app/veza/server/cli/launcher-logback.xml");
    }
}
