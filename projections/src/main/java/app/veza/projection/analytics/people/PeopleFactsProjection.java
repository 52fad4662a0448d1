package app.veza.projection.analytics.people;

import app.veza.event.EventTags;
import app.veza.event.chat.MessageDeleted;
import app.veza.event.chat.MessageEdited;
import app.veza.event.chat.MessageRead;
import app.veza.event.chat.MessageSent;
import app.veza.event.chat.ReactionAdded;
import app.veza.event.chat.ReactionRemoved;
import app.veza.event.identity.EmailVerified;
import app.veza.event.identity.LoggedIn;
import app.veza.event.identity.PersonErased;
import app.veza.event.identity.PersonRegistered;
import app.veza.event.identity.RolesChanged;
import app.veza.event.streaming.ListenerJoined;
import app.veza.event.streaming.StreamResumed;
import app.veza.event.streaming.StreamWentLive;
import app.veza.projection.rows.Batch;
import app.veza.projectionengine.LoggedEvent;
import app.veza.projectionengine.Recorded;
import app.veza.projectionengine.Slicing;
import app.veza.projectionengine.SqlProjection;
import app.veza.projectionengine.Target;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jooq.DSLContext;

/** Dimension of people, and on which days and in which hours each of them did something. */
public final class PeopleFactsProjection implements SqlProjection {

    @Override
    public String name() {
        return "people_facts";
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
        return "readmodel/people_facts/tables.sql";
    }

    @Override
    public String views() {
        return "readmodel/people_facts/views.sql";
    }

    @Override
    public boolean readsPersonal() {
        return false;
    }

    @Override
    public Set<String> eventTypes() {
        return Batch.types(
                PersonRegistered.class,
                EmailVerified.class,
                RolesChanged.class,
                PersonErased.class,
                LoggedIn.class,
                MessageSent.class,
                MessageEdited.class,
                MessageDeleted.class,
                ReactionAdded.class,
                ReactionRemoved.class,
                MessageRead.class,
                ListenerJoined.class,
                StreamWentLive.class,
                StreamResumed.class);
    }

    @Override
    public String sequenceKey(LoggedEvent event) {
        return Batch.person(event);
    }

    /**
     * Who deleted a message did something that day, and the event has the tag of its author alone. So an audit reads all deletions: of the
     * benchmarks' history one event in two hundred.
     */
    @Override
    public Optional<Slicing> slicing() {
        return Optional.of(Slicing.by(EventTags.PERSON, "person_id").withEverywhere(Batch.types(MessageDeleted.class)));
    }

    @Override
    public void apply(DSLContext tx, List<Recorded<?>> batch) {
        PersonChanges people = new PersonChanges();
        ActiveDays days = new ActiveDays();
        for (Recorded<?> recorded : batch) {
            people.fold(recorded);
            days.fold(recorded);
        }
        people.write(tx);
        days.write(tx);
    }
}
