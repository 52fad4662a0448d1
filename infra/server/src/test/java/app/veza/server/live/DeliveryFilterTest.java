package app.veza.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import app.veza.audio.live.Answer;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class DeliveryFilterTest {

    private static final URI ASKED = URI.create("https://10.0.0.2:8080/live/stream/64k/index.m3u8?_HLS_msn=1");

    private final NodeProof proof = new NodeProof(new byte[32]);

    @ParameterizedTest
    @CsvSource({
        "_HLS_skip=YES&x=1&_HLS_part=2&_HLS_msn=1, ?_HLS_msn=1&_HLS_part=2&_HLS_skip=YES",
        "_HLS_msn=1%26x, ?_HLS_msn=1%26x",
        "cachebuster=17, ''"
    })
    void whatAsksForTheSameIsFetchedOnce(String query, String directives) {
        assertThat(DeliveryFilter.directives(DeliveryFilter.query(query))).isEqualTo(directives);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void whoIsToComeAgainIsToldWhen(int status) throws Exception {
        var response = new MockHttpServletResponse();
        DeliveryFilter.write(response, Answer.refused(status, "slug", "Later."), true);
        assertThat(response.getHeader("Retry-After")).isEqualTo("1");

        var later = new MockHttpServletResponse();
        later.setHeader("Retry-After", "60");
        DeliveryFilter.write(later, Answer.refused(status, "slug", "Later."), true);
        assertThat(later.getHeaders("Retry-After")).containsExactly("60");
    }

    @Test
    void onlyANodeOfThePlatformAsksAsANode() {
        assertThat(proof.isIn(request(proof.of(ASKED), "_HLS_msn=1"))).isTrue();
        assertThat(proof.isIn(request(proof.of(ASKED), "_HLS_msn=2"))).isFalse();
        assertThat(proof.isIn(request("1", "_HLS_msn=1"))).isFalse();
        byte[] otherKey = new byte[32];
        otherKey[0] = 1;
        assertThat(proof.isIn(request(new NodeProof(otherKey).of(ASKED), "_HLS_msn=1")))
                .isFalse();
        assertThat(proof.isIn(new MockHttpServletRequest("GET", ASKED.getRawPath())))
                .isFalse();
    }

    private static MockHttpServletRequest request(String shown, String query) {
        var request = new MockHttpServletRequest("GET", ASKED.getRawPath());
        request.setQueryString(query);
        request.addHeader(NodeProof.HEADER, shown);
        return request;
    }
}
