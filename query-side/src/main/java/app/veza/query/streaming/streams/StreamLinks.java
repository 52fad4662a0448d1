package app.veza.query.streaming.streams;

import app.veza.query.http.Caller;
import java.net.URI;
import java.util.UUID;

/** Where streams are listened to by who has not joined them. */
public interface StreamLinks {

    /** The playlist of a public one that has not ended. */
    URI live(UUID stream);

    /** The one file of what was broadcast in public, once it has ended; the playlist {@code master.m3u8} is beside it. */
    URI recording(UUID stream);

    /** The same of a private stream, for one who may hear it, for some hours and for as long as they may and their session lasts. */
    URI recordingFor(Caller caller, UUID stream);
}
