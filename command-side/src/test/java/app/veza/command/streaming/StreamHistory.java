package app.veza.command.streaming;

import app.veza.event.streaming.GuestInvited;
import app.veza.event.streaming.GuestRemoved;
import app.veza.event.streaming.ListenerJoined;
import app.veza.event.streaming.StreamCreated;
import app.veza.event.streaming.StreamInterrupted;
import app.veza.event.streaming.StreamResumed;
import app.veza.event.streaming.StreamStopped;
import app.veza.event.streaming.StreamWentLive;
import app.veza.event.streaming.Visibility;
import java.util.UUID;

/** What may have happened to one stream of Ann's, for the tests of decisions. */
public final class StreamHistory {

    public final UUID stream = UUID.randomUUID();
    public final UUID ann = UUID.randomUUID();
    public final UUID bob = UUID.randomUUID();

    public final StreamCreated created = new StreamCreated(stream, ann, "Jazz", null, Visibility.PUBLIC, true);
    public final StreamCreated createdPrivately =
            new StreamCreated(stream, ann, "Jazz", null, Visibility.PRIVATE, true);
    public final StreamCreated createdUnrecorded =
            new StreamCreated(stream, ann, "Jazz", null, Visibility.PUBLIC, false);
    public final StreamWentLive live = new StreamWentLive(stream, ann, "audio/webm");
    public final StreamInterrupted interrupted = new StreamInterrupted(stream, ann);
    public final StreamResumed resumed = new StreamResumed(stream, ann, 1200);
    public final StreamStopped stopped = new StreamStopped(stream, ann);
    public final ListenerJoined bobListens = new ListenerJoined(stream, bob, UUID.randomUUID());
    public final GuestInvited bobInvited = new GuestInvited(stream, bob, ann);
    public final GuestRemoved bobRemoved = new GuestRemoved(stream, bob, ann);
}
