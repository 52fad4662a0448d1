package app.veza.query.chat;

import java.util.UUID;

/** Who left rooms, or was removed from them, as the log itself has it: read models tell a little later. Provided by the host. */
public interface Departures {

    /** Position of the last time that this person was no longer a member of some room; 0 when there was none. */
    long lastOf(UUID person);
}
