package app.veza.projectionengine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobsConfigTest {

    /** Each comparison holds two. */
    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "3, 1", "4, 1", "5, 2", "12, 5"})
    void jobsLeaveAConnectionToWhatIsLive(int connections, int jobs) {
        assertThat(JobsConfig.jobsWithin(connections)).isEqualTo(jobs);
    }
}
