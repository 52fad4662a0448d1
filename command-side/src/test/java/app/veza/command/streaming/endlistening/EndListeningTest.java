package app.veza.command.streaming.endlistening;

import static org.assertj.core.api.Assertions.assertThat;

import app.veza.command.Scenario;
import app.veza.command.streaming.StreamHistory;
import app.veza.command.streaming.endlistening.EndListening.Listening;
import app.veza.event.streaming.ListenerJoined;
import app.veza.event.streaming.ListenerLeft;
import app.veza.event.streaming.ListenerLeft.Reason;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EndListeningTest {

    private final StreamHistory of = new StreamHistory();
    private final UUID listening = of.bobListens.listeningId();
    private final UUID onAnotherDevice = UUID.randomUUID();
    private final ListenerJoined bobJoinsAgain = new ListenerJoined(of.stream, of.bob, onAnotherDevice);
    private final UUID annsOwn = UUID.randomUUID();
    private final ListenerJoined annJoins = new ListenerJoined(of.stream, of.ann, annsOwn);

    private final Scenario<EndListening, Set<UUID>> scenario = Scenario.of(new EndListeningHandler());

    private EndListening end(Reason reason, Listening... listenings) {
        return new EndListening(of.stream, List.of(listenings), reason);
    }

    @Test
    void eachTimeOfListeningEndsOnce() {
        EndListening gone = end(Reason.GONE, new Listening(of.bob, listening, 5000));
        ListenerLeft left = new ListenerLeft(of.stream, of.bob, listening, 5000, Reason.GONE);

        scenario.given(of.created, of.bobListens).when(gone).then(left);
        scenario.given(of.created, of.bobListens, bobJoinsAgain).when(gone).then(left);
        scenario.given(of.created, of.bobListens, left).when(gone).thenNothing();
        scenario.given(of.created).when(gone).thenNothing();
    }

    @Test
    void allWhoListenedWhenItEndedLeaveTogether() {
        EndListening all = end(
                Reason.STREAM_ENDED,
                new Listening(of.bob, listening, 5000),
                new Listening(of.ann, annsOwn, 7000),
                new Listening(of.bob, onAnotherDevice, 1000));

        scenario.given(of.created, of.bobListens, annJoins, bobJoinsAgain, of.stopped)
                .when(all)
                .then(
                        new ListenerLeft(of.stream, of.bob, listening, 5000, Reason.STREAM_ENDED),
                        new ListenerLeft(of.stream, of.ann, annsOwn, 7000, Reason.STREAM_ENDED),
                        new ListenerLeft(of.stream, of.bob, onAnotherDevice, 1000, Reason.STREAM_ENDED));
    }

    @Test
    void othersWhoListenDoNotMakeItDecidedAgain() {
        EndListening left = end(Reason.LEFT, new Listening(of.bob, listening, 5000));

        assertThat(scenario.isOvertakenBy(annJoins, left)).isFalse();
        assertThat(scenario.isOvertakenBy(new ListenerLeft(of.stream, of.bob, listening, 5000, Reason.LEFT), left))
                .isTrue();
    }
}
