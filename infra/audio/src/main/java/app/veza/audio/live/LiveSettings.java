package app.veza.audio.live;

import java.time.Duration;

/**
 * @param grace how long a stream without its broadcaster goes on, in silence
 * @param late audio that has not come for so long is silence to listeners, until it comes
 * @param stall a broadcaster who sends no audio for so long is gone, though connected
 * @param hang an encoder that gives nothing for so long, of what it was given, is replaced
 * @param start likewise for one that has given nothing yet
 * @param window how far listeners may go back while the stream is live
 * @param lead how much faster than it sounds audio may come: what is ahead by more waits in the socket
 * @param batch segments told of at once
 */
public record LiveSettings(
        Duration grace,
        Duration late,
        Duration stall,
        Duration hang,
        Duration start,
        Duration window,
        Duration lead,
        int batch) {

    public LiveSettings {
        if (grace.isNegative()
                || !late.isPositive()
                || !stall.isPositive()
                || !hang.isPositive()
                || !start.isPositive()
                || batch < 1) {
            throw new IllegalArgumentException("Live audio: times are positive, and batches have at least one segment");
        }
        if (window.compareTo(Duration.ofSeconds(20)) < 0 || lead.compareTo(Duration.ofSeconds(2)) < 0) {
            throw new IllegalArgumentException("Live audio: the window is at least 20 s, and the lead 2 s");
        }
    }

    public static LiveSettings defaults() {
        return new LiveSettings(
                Duration.ofSeconds(30),
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                Duration.ofSeconds(3),
                Duration.ofSeconds(5),
                Duration.ofMinutes(10),
                Duration.ofSeconds(30),
                15);
    }
}
