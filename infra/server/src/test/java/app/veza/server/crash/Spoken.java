package app.veza.server.crash;

import app.veza.event.EventTypes;
import app.veza.event.chat.MessageSent;
import app.veza.projectionengine.Recorded;
import app.veza.projectionengine.SqlProjection;
import app.veza.projectionengine.Target;
import java.util.List;
import java.util.Set;
import org.jooq.DSLContext;

/** How long each message was; a length of {@link #POISON} cannot be stored, and parks its room from there on. */
final class Spoken implements SqlProjection {

    static final int POISON = 13;

    @Override
    public String name() {
        return "spoken";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Set<String> eventTypes() {
        return Set.of(EventTypes.nameOf(MessageSent.class));
    }

    @Override
    public Target target() {
        return Target.PRIMARY;
    }

    @Override
    public String tables() {
        return "app/veza/server/crash/spoken.sql";
    }

    @Override
    public String views() {
        return "app/veza/server/crash/spoken-views.sql";
    }

    @Override
    public void apply(DSLContext tx, List<Recorded<?>> batch) {
        for (Recorded<?> recorded : batch) {
            MessageSent sent = (MessageSent) recorded.event();
            tx.execute(
                    "insert into spoken (position, room_id, length) values (?, ?, ?)",
                    recorded.position(),
                    sent.roomId(),
                    sent.textLength());
        }
    }
}
