package app.veza.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SmallPartsTest {
    @Test
    void aFrameBudgetAllowsItsBurstAndThenItsRate() {
        FrameBudget budget = FrameBudget.of(10, 5);
        long now = Long.MAX_VALUE - 1_000_000_000L;
        long state = now;
        for (int i = 0; i < 5; i++) {
            state = budget.admit(state, now);
            assertThat(state).isNotEqualTo(FrameBudget.EXCEEDED);
        }
        assertThat(budget.admit(state, now)).isEqualTo(FrameBudget.EXCEEDED);
        assertThat(budget.admit(state, now + 99_000_000L)).isEqualTo(FrameBudget.EXCEEDED);
        // Half a second later, and past the overflow of the clock, there is room for five again
        long later = now + 1_500_000_000L;
        for (int i = 0; i < 5; i++) {
            state = budget.admit(state, later);
            assertThat(state).isNotEqualTo(FrameBudget.EXCEEDED);
        }
        assertThat(budget.admit(state, later)).isEqualTo(FrameBudget.EXCEEDED);
    }

    @Test
    void pathPatternsMatchWholeSegments() {
        PathPattern pattern = PathPattern.parse("/live/{id}/{file}");
        assertThat(pattern.match("/live/7/a.m4s")).contains(Map.of("id", "7", "file", "a.m4s"));
        assertThat(pattern.match("/live/7")).isEmpty();
        assertThat(pattern.match("/live//a")).isEmpty();
        assertThat(pattern.match("/other/7/a")).isEmpty();
        assertThat(pattern.match("*")).isEmpty();
        assertThatThrownBy(() -> PathPattern.parse("live")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aCloseReasonIsCutAtACharacter() {
        ByteBuf close = EncodedFrame.close(1000, "é".repeat(100));
        String reason = close.toString(4, close.readableBytes() - 4, StandardCharsets.UTF_8);
        assertThat(close.readableBytes()).isLessThanOrEqualTo(127);
        assertThat(reason).isEqualTo("é".repeat(61));
        close.release();
    }

    @Test
    void configurationIsValidated() {
        GatewayConfigBuilder builder = GatewayConfig.defaults().with();
        assertThatThrownBy(() -> builder.port(65_536).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("port");
        assertThatThrownBy(
                        () -> builder.port(0).idleTimeout(Duration.ofSeconds(1)).build())
                .hasMessageContaining("pingInterval");
        assertThatThrownBy(
                        () -> GatewayConfig.defaults().with().maxQueuedBytes(1).build())
                .hasMessageContaining("maxQueuedBytes");
    }
}
