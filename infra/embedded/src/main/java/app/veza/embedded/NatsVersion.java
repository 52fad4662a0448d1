package app.veza.embedded;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/** Version of a nats-server as its {@code --version} prints it: {@code nats-server: v2.12.1}. */
record NatsVersion(int major, int minor, int patch) implements Comparable<NatsVersion> {

    private static final Pattern PRINTED = Pattern.compile("nats-server: v?(\\d+)\\.(\\d+)\\.(\\d+)");

    static Optional<NatsVersion> parse(String printed) {
        var matcher = PRINTED.matcher(printed);
        return matcher.find()
                ? Optional.of(new NatsVersion(
                        Integer.parseInt(matcher.group(1)),
                        Integer.parseInt(matcher.group(2)),
                        Integer.parseInt(matcher.group(3))))
                : Optional.empty();
    }

    boolean isAcceptable() {
        return major == 2 && minor >= 12;
    }

    @Override
    public int compareTo(NatsVersion other) {
        return Comparator.comparingInt(NatsVersion::major)
                .thenComparingInt(NatsVersion::minor)
                .thenComparingInt(NatsVersion::patch)
                .compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
