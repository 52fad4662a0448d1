package app.veza.projection.analytics.logins;

import static app.veza.projection.jooq.login_facts.Tables.LOGIN;

import app.veza.event.identity.LoggedIn;
import app.veza.event.identity.LoginFailed;
import app.veza.projection.rows.Batch;
import app.veza.projection.rows.Rows;
import app.veza.projectionengine.Recorded;
import app.veza.projectionengine.SqlProjection;
import app.veza.projectionengine.Target;
import java.util.List;
import java.util.Set;
import org.jooq.DSLContext;

/** Fact: one row for each attempt to log in to an account that exists. */
public final class LoginFactsProjection implements SqlProjection {

    @Override
    public String name() {
        return "login_facts";
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
        return "readmodel/login_facts/tables.sql";
    }

    @Override
    public String views() {
        return "readmodel/login_facts/views.sql";
    }

    @Override
    public Set<String> eventTypes() {
        return Batch.types(LoggedIn.class, LoginFailed.class);
    }

    @Override
    public void apply(DSLContext tx, List<Recorded<?>> batch) {
        Rows.of(Batch.only(LoggedIn.class, batch))
                .with(LOGIN.POSITION, Recorded::position)
                .with(LOGIN.OCCURRED_AT, Recorded::timestamp)
                .with(LOGIN.PERSON_ID, login -> login.event().personId())
                .with(LOGIN.SESSION_ID, login -> login.event().sessionId())
                .with(LOGIN.SUCCEEDED, login -> true)
                .insertInto(tx, LOGIN);
        Rows.of(Batch.only(LoginFailed.class, batch))
                .with(LOGIN.POSITION, Recorded::position)
                .with(LOGIN.OCCURRED_AT, Recorded::timestamp)
                .with(LOGIN.PERSON_ID, login -> login.event().personId())
                .with(LOGIN.SUCCEEDED, login -> false)
                .insertInto(tx, LOGIN);
    }
}
