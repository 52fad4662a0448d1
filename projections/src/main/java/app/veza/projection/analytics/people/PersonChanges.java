package app.veza.projection.analytics.people;

import static app.veza.projection.jooq.people_facts.Tables.PERSON;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.field;

import app.veza.event.identity.EmailVerified;
import app.veza.event.identity.PersonErased;
import app.veza.event.identity.PersonRegistered;
import app.veza.event.identity.RolesChanged;
import app.veza.projection.rows.Names;
import app.veza.projection.rows.Rows;
import app.veza.projectionengine.Recorded;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** What a batch says about people, folded to one change each. */
final class PersonChanges {

    /** As text between batch and table: unnest would take an array of arrays apart. */
    private static final Field<String> ROLES = field("roles", SQLDataType.CLOB);

    private final List<Recorded<PersonRegistered>> registered = new ArrayList<>();
    private final Map<UUID, Change> changes = new LinkedHashMap<>();

    private static final class Change {
        private @Nullable Instant verified;
        private @Nullable String roles;
        private @Nullable Instant erased;
    }

    void fold(Recorded<?> recorded) {
        Instant at = recorded.timestamp();
        switch (recorded.event()) {
            case PersonRegistered person -> registered.add(new Recorded<>(recorded.position(), at, person));
            case EmailVerified email -> {
                Change change = of(email.personId());
                change.verified = change.verified == null ? at : change.verified;
            }
            case RolesChanged roles ->
                of(roles.personId()).roles =
                        roles.roles().stream().map(Names::of).collect(Collectors.joining(","));
            case PersonErased person -> of(person.personId()).erased = at;
            default -> {}
        }
    }

    private Change of(UUID person) {
        return changes.computeIfAbsent(person, any -> new Change());
    }

    void write(DSLContext tx) {
        Rows.of(registered)
                .with(PERSON.PERSON_ID, person -> person.event().personId())
                .with(PERSON.POSITION, Recorded::position)
                .with(PERSON.REGISTERED_AT, Recorded::timestamp)
                .insertInto(tx, PERSON);
        if (changes.isEmpty()) {
            return;
        }
        Table<Record> batch = Rows.of(changes.entrySet())
                .with(PERSON.PERSON_ID, Map.Entry::getKey)
                .with(PERSON.EMAIL_VERIFIED_AT, change -> change.getValue().verified)
                .with(ROLES, change -> change.getValue().roles)
                .with(PERSON.ERASED_AT, change -> change.getValue().erased)
                .asTable();
        tx.update(PERSON)
                .set(
                        PERSON.EMAIL_VERIFIED_AT,
                        coalesce(PERSON.EMAIL_VERIFIED_AT, batch.field(PERSON.EMAIL_VERIFIED_AT)))
                .set(
                        PERSON.ROLES,
                        coalesce(field("string_to_array({0}, ',')", String[].class, batch.field(ROLES)), PERSON.ROLES))
                .set(PERSON.ERASED_AT, coalesce(batch.field(PERSON.ERASED_AT), PERSON.ERASED_AT))
                .from(batch)
                .where(PERSON.PERSON_ID.eq(batch.field(PERSON.PERSON_ID)))
                .execute();
    }
}
