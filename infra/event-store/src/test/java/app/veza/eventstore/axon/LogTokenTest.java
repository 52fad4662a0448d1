package app.veza.eventstore.axon;

import static org.assertj.core.api.Assertions.assertThat;

import org.axonframework.conversion.json.JacksonConverter;
import org.axonframework.messaging.eventhandling.processing.streaming.token.GlobalSequenceTrackingToken;
import org.axonframework.messaging.eventhandling.processing.streaming.token.ReplayToken;
import org.axonframework.messaging.eventhandling.processing.streaming.token.TrackingToken;
import org.axonframework.messaging.eventhandling.processing.streaming.token.WrappedToken;
import org.junit.jupiter.api.Test;

class LogTokenTest {

    private final LogToken token = new LogToken("one", 7);

    /** As Axon's token stores do: under the name of its class, as what its converter makes of it. */
    @Test
    void isKeptByTokenStores() {
        var converter = new JacksonConverter();
        for (TrackingToken kept :
                new TrackingToken[] {token, ReplayToken.createReplayToken(token, new LogToken("other", 0))}) {
            byte[] stored = converter.convert(kept, byte[].class);
            TrackingToken read = converter.convert(stored, kept.getClass());
            assertThat(read).isEqualTo(kept);
        }
    }

    @Test
    void isOfItsLogOnly() {
        assertThat(token)
                .isEqualTo(new LogToken("one", 7))
                .hasSameHashCodeAs(new LogToken("one", 7))
                .isNotEqualTo(new LogToken("other", 7))
                .isNotEqualTo(new LogToken("one", 8))
                .isNotEqualTo(new GlobalSequenceTrackingToken(7));
        assertThat(token.lowerBound(new LogToken("one", 3))).isEqualTo(new LogToken("one", 3));
        assertThat(token.lowerBound(new LogToken("other", 3))).isEqualTo(new LogToken("one and other", 3));
    }

    @Test
    void goesWithTokensThatWereStoredWithoutALog() {
        var plain = new GlobalSequenceTrackingToken(5);
        assertThat(plain.covers(new LogToken("one", 5))).isTrue();
        assertThat(plain.covers(token)).isFalse();
        assertThat(token.covers(plain)).isTrue();
        assertThat(token.lowerBound(plain)).isEqualTo(plain);
        assertThat(plain.upperBound(token)).isEqualTo(token);
    }

    /** What a reset makes of a token of the log that was: everything of the new one is a replay as far as that reached. */
    @Test
    void isResetToTheStartOfAnotherLog() {
        TrackingToken reset = ReplayToken.createReplayToken(token, new LogToken("other", 0));
        assertThat(WrappedToken.unwrapLowerBound(reset)).isEqualTo(new LogToken("other", 0));
        TrackingToken within = WrappedToken.advance(reset, new LogToken("other", 7));
        assertThat(ReplayToken.isReplay(within)).isTrue();
        assertThat(WrappedToken.advance(within, new LogToken("other", 8))).isEqualTo(new LogToken("other", 8));
    }
}
