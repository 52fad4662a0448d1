package app.veza.server.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says in one sentence why a node did not come up, as far as the node told; the rest is in its log. */
final class NodeFailure {

    private static final String START = "Starting VezaServer";
    private static final String GIVEN_UP = "Application run failed";

    /** Of a failure that Spring can explain. */
    private static final String EXPLAINED = "Description:";

    private static final Pattern PROPERTY = Pattern.compile("\\s+((?:Property|Value|Reason): .*)");

    /** An exception or its cause, but for those that only say which bean could not be made. */
    private static final Pattern EXCEPTION =
            Pattern.compile("(?:Caused by: )?(?!org\\.springframework\\.)(?:\\w+\\.)+[\\w$]+: (.+)");

    private NodeFailure() {}

    static CommandFailure ended(DataDirectory data, Node node) {
        Path log = NodeSettings.log(data, node.address());
        String ended =
                "%s ended with code %d while starting".formatted(node.address().name(), node.exitCode());
        return new CommandFailure(reason(lines(log, node.age()))
                .map(reason -> "%s (%s): mend that and try again, %s has all of it.".formatted(ended, reason, log))
                .orElseGet(() -> "%s: %s or %s tells why.".formatted(ended, Node.output(data, node.address()), log)));
    }

    static CommandFailure unhealthy(DataDirectory data, Node node, Duration after) {
        String health = HealthProbe.ask(node.address())
                .map(answer -> "; it says of itself: " + answer.body())
                .orElse("; it does not answer");
        return new CommandFailure("%s is not healthy after %d s: its log %s tells why%s"
                .formatted(node.address().name(), after.toSeconds(), NodeSettings.log(data, node.address()), health));
    }

    /** What stands in the log; nothing when a node that started so long ago wrote nothing there: it tells of an earlier one. */
    private static List<String> lines(Path log, Duration age) {
        try {
            Instant written = Files.getLastModifiedTime(log).toInstant();
            return written.isBefore(Instant.now().minus(age))
                    ? List.of()
                    : Files.readString(log, StandardCharsets.UTF_8).lines().toList();
        } catch (IOException notBegun) {
            return List.of();
        }
    }

    /** @param log whose last start failed */
    static Optional<String> reason(List<String> log) {
        List<String> start = log.subList(last(START, log) + 1, log.size());
        int explained = last(EXPLAINED, start);
        if (explained < 0) {
            List<String> trace = start.subList(last(GIVEN_UP, start) + 1, start.size());
            return found(EXCEPTION, trace).findFirst();
        }
        List<String> explanation = start.subList(explained + 1, start.size());
        String property = found(PROPERTY, explanation).collect(Collectors.joining(", "));
        return property.isEmpty()
                ? explanation.stream().filter(line -> !line.isBlank()).findFirst()
                : Optional.of(property);
    }

    private static int last(String mark, List<String> lines) {
        for (int i = lines.size() - 1; i >= 0; i--) {
            if (lines.get(i).contains(mark)) {
                return i;
            }
        }
        return -1;
    }

    private static Stream<String> found(Pattern pattern, List<String> lines) {
        return lines.stream().map(pattern::matcher).filter(Matcher::matches).map(matched -> matched.group(1));
    }
}
