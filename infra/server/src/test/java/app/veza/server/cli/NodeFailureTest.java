package app.veza.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is made of the log of a node that did not start: one line that a person can do something with. */
class NodeFailureTest {

    private static final List<String> EARLIER = List.of(
            "2026-11-30T16:42:00.000Z  INFO 1 --- app.veza.server.VezaServer : Starting VezaServer using Java 25",
            "Description:",
            "    Property: veza.nodes",
            "    Reason: an earlier one");

    private static final List<String> START = List.of(
            "2026-11-30T16:43:11.446Z  INFO 2 --- app.veza.server.VezaServer : Starting VezaServer using Java 25",
            "2026-11-30T16:43:12.000Z  WARN 2 --- app.veza.Other : This may happen",
            "java.io.IOException: and harms nobody",
            "\tat app.veza.Other.look(Other.java:1)");

    @Test
    void aPropertyIsNamedWithItsValue() {
        assertThat(of(
                        "APPLICATION FAILED TO START",
                        "Description:",
                        "",
                        "Failed to bind properties under 'veza.roles' to java.util.Set<app.veza.server.node.Role>:",
                        "",
                        "    Property: veza.roles",
                        "    Value: \"foo\"",
                        "    Origin: System Environment Property \"VEZA_ROLES\"",
                        "    Reason: failed to convert java.lang.String to app.veza.server.node.Role",
                        "",
                        "Action:",
                        "",
                        "Update your application's configuration."))
                .isEqualTo(
                        "Property: veza.roles, Value: \"foo\", Reason: failed to convert java.lang.String to app.veza.server.node.Role");
    }

    @Test
    void whatElseIsExplainedIsTold() {
        assertThat(of("Description:", "", "Web server failed to start. Port 8080 was already in use.", "", "Action:"))
                .isEqualTo("Web server failed to start. Port 8080 was already in use.");
    }

    @Test
    void ofATraceItIsTheCauseAsOurOwnCodeTellsIt() {
        assertThat(of(
                        "2026-11-30T16:43:39Z ERROR 2 --- o.s.boot.SpringApplication : Application run failed",
                        "",
                        "org.springframework.context.ApplicationContextException: Unable to start web server",
                        "\tat org.springframework.boot.SpringApplication.run(SpringApplication.java:309)",
                        "Caused by: org.springframework.beans.BeanInstantiationException: Failed to instantiate [Keys]",
                        "\t... 21 common frames omitted",
                        "Caused by: java.lang.IllegalArgumentException: VEZA_MASTER_KEY: A master key is 32 random bytes",
                        "\tat app.veza.eventstore.personal.MasterKeys.parse(MasterKeys.java:82)",
                        "Caused by: java.lang.IllegalArgumentException: A master key is 32 random bytes"))
                .isEqualTo("VEZA_MASTER_KEY: A master key is 32 random bytes");
    }

    @Test
    void aNodeThatWasKilledToldNothing() {
        assertThat(NodeFailure.reason(EARLIER)).contains("Property: veza.nodes, Reason: an earlier one");
        assertThat(NodeFailure.reason(List.of("2026-11-30T16:43:11Z  INFO : Starting VezaServer", "and so on")))
                .isEmpty();
        assertThat(NodeFailure.reason(List.of())).isEmpty();
    }

    private static String of(String... failure) {
        List<String> log = Stream.of(EARLIER, START, List.of(failure))
                .flatMap(List::stream)
                .toList();
        return NodeFailure.reason(log).orElseThrow();
    }
}
