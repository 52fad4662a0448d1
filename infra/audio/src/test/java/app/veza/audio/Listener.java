package app.veza.audio;

import app.veza.audio.live.BroadcastSink;
import app.veza.audio.live.StoredBatch;
import app.veza.audio.live.StreamEvents;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what it is told, as a broadcaster's connection and as the platform. */
public record Listener(List<String> events, List<StoredBatch> batches, List<String> connection)
        implements StreamEvents, BroadcastSink {

    public static Listener fresh() {
        return new Listener(new CopyOnWriteArrayList<>(), new CopyOnWriteArrayList<>(), new CopyOnWriteArrayList<>());
    }

    @Override
    public void storing() {
        // kept nowhere
    }

    @Override
    public void wentLive(String contentType) {
        events.add("live " + contentType);
    }

    @Override
    public void interrupted() {
        events.add("interrupted");
    }

    @Override
    public void resumed(int silenceMillis) {
        events.add("resumed");
    }

    @Override
    public void stored(StoredBatch batch) {
        batches.add(batch);
    }

    @Override
    public void graceOver() {
        events.add("grace over");
    }

    @Override
    public void close(Reason reason, String text) {
        connection.add("closed " + reason);
    }

    @Override
    public void pause() {
        connection.add("paused");
    }

    @Override
    public void resume() {
        connection.add("resumed");
    }
}
