package app.veza.server.problem;

import static org.assertj.core.api.Assertions.assertThat;

import app.veza.eventstore.AppendFailure;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.util.unit.DataSize;

class CommandProblemsTest {

    private final CommandProblems problems = new CommandProblems(new ProblemAdvice(DataSize.ofKilobytes(64)));

    /** As of a command that is refused because this node's index is built anew. */
    @Test
    void aLogThatCannotBeReadNowIsNoFaultOfTheServer() {
        assertThat(problems.of(new AppendFailure.Unavailable("the index is built anew", Duration.ofSeconds(3))))
                .hasValueSatisfying(answer -> {
                    assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
                    assertThat(answer.getHeaders().getFirst(HttpHeaders.RETRY_AFTER))
                            .isEqualTo("3");
                });
    }

    @Test
    void whatNobodyKnowsIsOne() {
        assertThat(problems.of(new IllegalStateException("a fault"))).isEmpty();
    }
}
