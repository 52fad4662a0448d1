package app.veza.bench.socket;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A swarm in a process of its own, told what to do line by line. Ends with its standard input. */
final class SwarmProcess {

    private SwarmProcess() {}

    /** @param arguments address of the gateway, source address; the first line is the tokens, by commas */
    public static void main(String[] arguments) throws IOException {
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Swarm swarm = new Swarm(URI.create(arguments[0]), arguments[1], list(in.readLine()));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String answer;
            try {
                answer = "ok " + obey(swarm, line.split(" "));
            } catch (RuntimeException failure) {
                answer = "failed " + failure.getMessage().replaceAll("\\R", " ");
            }
            System.out.println(answer);
            System.out.flush();
        }
        System.exit(0);
    }

    private static String obey(Swarm swarm, String[] words) {
        return switch (words[0]) {
            case "connect" -> "" + swarm.connect(Integer.parseInt(words[1]));
            case "subscribe" -> {
                swarm.subscribe(list(words[1]), Integer.parseInt(words[2]));
                yield "";
            }
            case "say" -> {
                swarm.say(
                        words[1],
                        Integer.parseInt(words[2]),
                        Double.parseDouble(words[3]),
                        Double.parseDouble(words[4]));
                yield "";
            }
            case "talk" -> "" + swarm.talk(list(words[1]), Integer.parseInt(words[2]), Double.parseDouble(words[3]));
            case "settle" -> {
                swarm.settle();
                yield "";
            }
            case "positions" ->
                swarm.positions(Integer.parseInt(words[1])).stream()
                        .map(String::valueOf)
                        .collect(Collectors.joining(","));
            case "cut" -> {
                swarm.cut();
                yield "";
            }
            case "resume" ->
                ""
                        + swarm.resume(
                                list(words[1]),
                                list(words[2]).stream().map(Long::valueOf).toList());
            case "report" -> {
                Swarm.Report report = swarm.report();
                yield report.deliveries() + " " + report.p50Millis() + " " + report.p99Millis();
            }
            default -> throw new IllegalArgumentException("No such order: " + words[0]);
        };
    }

    private static List<String> list(String words) {
        return Arrays.asList(words.split(","));
    }
}
