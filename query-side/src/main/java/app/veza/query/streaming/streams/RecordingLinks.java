package app.veza.query.streaming.streams;

import java.net.URI;
import java.util.UUID;

/** Where what was broadcast is listened to once it has ended. */
public interface RecordingLinks {

    /** The one file; the playlist {@code master.m3u8} is beside it. For whoever has it; of a private stream, for some hours. */
    URI to(UUID stream, boolean isPublic);
}
