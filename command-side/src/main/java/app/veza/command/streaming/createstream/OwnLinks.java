package app.veza.command.streaming.createstream;

import app.veza.command.http.Caller;
import java.net.URI;
import java.util.UUID;

/** Where broadcasters hear streams of their own that not everybody may hear. */
public interface OwnLinks {

    /**
     * The playlist of a private stream, for some hours and while the session lasts, for whoever has the link: its broadcaster, who counts as
     * no listener.
     */
    URI own(Caller broadcaster, UUID stream);
}
