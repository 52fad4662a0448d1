package app.veza.bench.projection;

import app.veza.event.EventTypes;
import app.veza.event.chat.MessageSent;
import app.veza.projectionengine.Recorded;
import app.veza.projectionengine.SqlProjection;
import app.veza.projectionengine.Target;
import java.util.List;
import java.util.Set;
import org.jooq.DSLContext;

/** The lot of each message, drawn from its id; that of one in a thousand cannot be stored, and parks its room from there on. */
final class Spoken implements SqlProjection {

    private static final int LOTS = 1_000;

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
        return "app/veza/bench/projection/spoken.sql";
    }

    @Override
    public String views() {
        return "app/veza/bench/projection/spoken-views.sql";
    }

    @Override
    public void apply(DSLContext tx, List<Recorded<?>> batch) {
        for (Recorded<?> recorded : batch) {
            MessageSent sent = (MessageSent) recorded.event();
            tx.execute(
                    "insert into spoken (position, room_id, lot) values (?, ?, ?)",
                    recorded.position(),
                    sent.roomId(),
                    Math.floorMod(sent.messageId().getLeastSignificantBits(), LOTS));
        }
    }
}
