package app.veza.projection.analytics.messages;

import static app.veza.projection.jooq.message_facts.Tables.MESSAGE;

import app.veza.event.chat.MessageSent;
import app.veza.projection.rows.Batch;
import app.veza.projection.rows.Rows;
import app.veza.projectionengine.Recorded;
import app.veza.projectionengine.SqlProjection;
import app.veza.projectionengine.Target;
import java.util.List;
import java.util.Set;
import org.jooq.DSLContext;

/** Fact: one row for each message sent; how long it was, not what it said. */
public final class MessageFactsProjection implements SqlProjection {

    @Override
    public String name() {
        return "message_facts";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Target target() {
        return Target.ANALYTICS;
    }

    @Override
    public String tables() {
        return "readmodel/message_facts/tables.sql";
    }

    @Override
    public String views() {
        return "readmodel/message_facts/views.sql";
    }

    @Override
    public Set<String> eventTypes() {
        return Batch.types(MessageSent.class);
    }

    @Override
    public void apply(DSLContext tx, List<Recorded<?>> batch) {
        Rows.of(Batch.only(MessageSent.class, batch))
                .with(MESSAGE.POSITION, Recorded::position)
                .with(MESSAGE.OCCURRED_AT, Recorded::timestamp)
                .with(MESSAGE.MESSAGE_ID, message -> message.event().messageId())
                .with(MESSAGE.ROOM_ID, message -> message.event().roomId())
                .with(MESSAGE.SENDER_ID, message -> message.event().senderId())
                .with(MESSAGE.REPLY, message -> message.event().replyTo() != null)
                .with(MESSAGE.TEXT_LENGTH, message -> message.event().textLength())
                .insertInto(tx, MESSAGE);
    }
}
