package app.veza.projection.analytics.logins;

import static app.veza.projection.jooq.login_facts.Tables.LOGIN;
import static app.veza.projection.jooq.login_facts.Tables.LOGIN_HOUR;

import app.veza.event.EventTags;
import app.veza.event.identity.LoggedIn;
import app.veza.event.identity.LoginFailed;
import app.veza.projection.analytics.RollUp;
import app.veza.projection.rows.Batch;
import app.veza.projection.rows.Rows;
import app.veza.projectionengine.LoggedEvent;
import app.veza.projectionengine.Recorded;
import app.veza.projectionengine.Slicing;
import app.veza.projectionengine.SqlProjection;
import app.veza.projectionengine.Target;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jooq.DSLContext;

/** Fact: one row for each attempt to log in to an account that exists; and how many there were in each hour. */
public final class LoginFactsProjection implements SqlProjection {

    @Override
    public String name() {
        return "login_facts";
    }

    @Override
    public int version() {
        return 2;
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
    public boolean readsPersonal() {
        return false;
    }

    @Override
    public Set<String> eventTypes() {
        return Batch.types(LoggedIn.class, LoginFailed.class);
    }

    @Override
    public String sequenceKey(LoggedEvent event) {
        return Batch.person(event);
    }

    @Override
    public Optional<Slicing> slicing() {
        return Optional.of(Slicing.by(EventTags.PERSON, "person_id"));
    }

    @Override
    public void apply(DSLContext tx, List<Recorded<?>> batch) {
        List<Recorded<LoggedIn>> succeeded = Batch.only(LoggedIn.class, batch);
        List<Recorded<LoginFailed>> failed = Batch.only(LoginFailed.class, batch);
        Rows.of(succeeded)
                .with(LOGIN.POSITION, Recorded::position)
                .with(LOGIN.OCCURRED_AT, Recorded::timestamp)
                .with(LOGIN.PERSON_ID, login -> login.event().personId())
                .with(LOGIN.SESSION_ID, login -> login.event().sessionId())
                .with(LOGIN.SUCCEEDED, login -> true)
                .insertInto(tx, LOGIN);
        Rows.of(failed)
                .with(LOGIN.POSITION, Recorded::position)
                .with(LOGIN.OCCURRED_AT, Recorded::timestamp)
                .with(LOGIN.PERSON_ID, login -> login.event().personId())
                .with(LOGIN.SUCCEEDED, login -> false)
                .insertInto(tx, LOGIN);
        RollUp<Instant> hours = RollUp.<Instant>into(LOGIN_HOUR, List.of(LOGIN_HOUR.SUCCEEDED, LOGIN_HOUR.FAILED))
                .by(LOGIN_HOUR.HOUR, hour -> hour);
        succeeded.forEach(login -> hours.add(RollUp.hour(login.timestamp()), LOGIN_HOUR.SUCCEEDED, 1));
        failed.forEach(login -> hours.add(RollUp.hour(login.timestamp()), LOGIN_HOUR.FAILED, 1));
        hours.write(tx);
    }
}
