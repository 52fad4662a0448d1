package app.veza.command.streaming.describestream;

import static app.veza.command.Rejection.Kind.CONFLICT;
import static app.veza.command.Rejection.Kind.FORBIDDEN;
import static app.veza.command.Rejection.Kind.NOT_FOUND;

import app.veza.command.Scenario;
import app.veza.command.streaming.StreamHistory;
import app.veza.event.streaming.StreamDescribed;
import org.junit.jupiter.api.Test;

class DescribeStreamTest {

    private final StreamHistory of = new StreamHistory();
    private final DescribeStream plays = new DescribeStream(of.stream, of.ann, null, null, "So What");
    private final DescribeStream title = new DescribeStream(of.stream, of.ann, "Blues", null, null);
    private final StreamDescribed described = new StreamDescribed(of.stream, of.ann, "Blues", "All night", "So What");

    private final Scenario<DescribeStream, DescribeStreamHandler.State> scenario =
            Scenario.of(new DescribeStreamHandler());

    @Test
    void whatIsNotSaidStaysAsItIs() {
        scenario.given(of.created).when(plays).then(new StreamDescribed(of.stream, of.ann, "Jazz", null, "So What"));
        scenario.given(of.created, of.live, described)
                .when(new DescribeStream(of.stream, of.ann, null, null, "Freddie Freeloader"))
                .then(new StreamDescribed(of.stream, of.ann, "Blues", "All night", "Freddie Freeloader"));
    }

    @Test
    void nothingIsSaidByNothing() {
        scenario.given(of.created, described)
                .when(new DescribeStream(of.stream, of.ann, null, "", ""))
                .then(new StreamDescribed(of.stream, of.ann, "Blues", null, null));
    }

    @Test
    void sayingTheSameAgainSaysNothing() {
        scenario.given(of.created, described).when(plays).thenNothing();
        scenario.given(of.created, described).when(title).thenNothing();
    }

    @Test
    void afterTheEndNothingIsPlaying() {
        scenario.given(of.created, of.live, of.stopped).when(plays).thenRejected(CONFLICT, "stream-ended");
        scenario.given(of.created, of.live, of.stopped)
                .when(title)
                .then(new StreamDescribed(of.stream, of.ann, "Blues", null, null));
    }

    @Test
    void nobodyElseSaysWhatItIs() {
        var bobSays = new DescribeStream(of.stream, of.bob, "Bob's", null, null);
        scenario.given(of.created).when(bobSays).thenRejected(FORBIDDEN, "forbidden");
        scenario.given(of.createdPrivately).when(bobSays).thenRejected(NOT_FOUND, "not-found");
    }
}
