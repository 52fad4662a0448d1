package app.veza.command.identity.session;

import app.veza.command.History;
import app.veza.command.http.Commands;
import app.veza.eventstore.command.CommandOptions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Where a decision is to end all sessions of a person in its one append: ends the oldest before it, while there are more than that takes.
 * Few people ever have.
 */
@Component
public final class ManySessions {

    /** Ends that surely fit one append, whatever else is in it. */
    static final int MOST = 1000;

    private final Commands commands;
    private final History history;
    private final InstantSource clock;

    ManySessions(Commands commands, History history, InstantSource clock) {
        this.commands = commands;
        this.history = history;
        this.clock = clock;
    }

    /** @param kept one that goes on however old it is, null for none */
    public void endMost(UUID personId, @Nullable UUID kept, CommandOptions options) {
        Instant now = clock.instant();
        LiveSessions live = LiveSessions.fold(history.read(LiveSessions.of(personId)));
        boolean more = live.at(now).count() > MOST;
        while (more) {
            int ended = commands.run(new EndSurplus(personId, kept, now), options)
                    .events()
                    .size();
            more = ended == MOST;
        }
    }
}
