package app.veza.projection.replica.people;

import static app.veza.projection.jooq.people.Tables.PERSON;

import app.veza.event.identity.PersonRegistered;
import app.veza.projection.rows.Batch;
import app.veza.projection.rows.Rows;
import app.veza.projectionengine.Recorded;
import app.veza.projectionengine.SqlProjection;
import app.veza.projectionengine.Target;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jooq.DSLContext;

/** People as others see them: who has an account, under which names. */
public final class PeopleProjection implements SqlProjection {

    @Override
    public String name() {
        return "people";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public Target target() {
        return Target.PRIMARY;
    }

    @Override
    public String tables() {
        return "readmodel/people/tables.sql";
    }

    @Override
    public String views() {
        return "readmodel/people/views.sql";
    }

    @Override
    public Set<String> eventTypes() {
        return Batch.types(PersonRegistered.class);
    }

    @Override
    public void apply(DSLContext tx, List<Recorded<?>> batch) {
        Rows.of(Batch.only(PersonRegistered.class, batch))
                .with(PERSON.PERSON_ID, registered -> registered.event().personId())
                .with(PERSON.USERNAME, registered -> registered.event().username())
                .with(PERSON.USERNAME_KEY, registered -> registered.event().usernameKey())
                .with(PERSON.DISPLAY_NAME, registered -> registered.event().displayName())
                .with(
                        PERSON.DISPLAY_NAME_KEY,
                        registered -> registered.event().displayName().toLowerCase(Locale.ROOT))
                .with(PERSON.REGISTERED_POSITION, Recorded::position)
                .with(PERSON.REGISTERED_AT, Recorded::timestamp)
                .insertInto(tx, PERSON);
    }
}
