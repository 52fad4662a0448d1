package app.veza.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What was measured, beside what is aimed at. */
public final class Figures {

    private record Row(String what, String target, String measured) {}

    private final List<Row> rows = new ArrayList<>();
    private final PrintStream asTheyCome;

    /** @param asTheyCome is told each when it is measured: all of them may take half an hour, and may be cut short */
    public Figures(PrintStream asTheyCome) {
        this.asTheyCome = asTheyCome;
    }

    /** @param target what is aimed at, or a dash where nothing is */
    public void add(String what, String target, String measured, Object... arguments) {
        Row row = new Row(what, target, String.format(Locale.ROOT, measured, arguments));
        rows.add(row);
        asTheyCome.printf("%s: %s%n", row.what(), row.measured());
    }

    /** Prints them all; nothing where nothing was measured, as before a failure of the first. */
    public void print(PrintStream out) {
        if (rows.isEmpty()) {
            return;
        }
        int what = rows.stream().mapToInt(row -> row.what().length()).max().orElseThrow();
        int target = rows.stream().mapToInt(row -> row.target().length()).max().orElseThrow();
        String line = "%-" + what + "s  %-" + target + "s  %s%n";
        out.printf(line, "what", "target", "measured");
        out.printf(line, "-".repeat(what), "-".repeat(target), "-".repeat(8));
        rows.forEach(row -> out.printf(line, row.what(), row.target(), row.measured()));
    }
}
