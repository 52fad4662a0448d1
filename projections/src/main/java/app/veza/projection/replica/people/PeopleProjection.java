package app.veza.projection.replica.people;

import static app.veza.projection.jooq.people.Tables.PERSON;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.stringToArray;
import static org.jooq.impl.DSL.val;
import static org.jooq.impl.DSL.when;

import app.veza.event.Erased;
import app.veza.event.EventTags;
import app.veza.event.identity.DisplayNames;
import app.veza.event.identity.PersonBlocked;
import app.veza.event.identity.PersonErased;
import app.veza.event.identity.PersonRegistered;
import app.veza.event.identity.PersonUnblocked;
import app.veza.event.identity.ProfileChanged;
import app.veza.event.identity.RolesChanged;
import app.veza.projection.rows.Batch;
import app.veza.projection.rows.Names;
import app.veza.projection.rows.Rows;
import app.veza.projectionengine.Recorded;
import app.veza.projectionengine.Slicing;
import app.veza.projectionengine.SqlProjection;
import app.veza.projectionengine.Target;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** People as others see them: who has an account, under which names, and who wants to hear from whom. */
public final class PeopleProjection implements SqlProjection {

    /** Of a batch, for rows cannot hold arrays of different lengths. */
    private static final Field<String> ROLES_LISTED = field(DSL.name("roles_listed"), SQLDataType.VARCHAR);

    /** What became of a person in the batch; null where nothing did. */
    private record Change(
            @Nullable String displayName,
            @Nullable String roles,
            @Nullable Instant erasedAt) {
        Change then(Change later) {
            return new Change(
                    later.displayName == null ? displayName : later.displayName,
                    later.roles == null ? roles : later.roles,
                    erasedAt == null ? later.erasedAt : erasedAt);
        }
    }

    @Override
    public String name() {
        return "people";
    }

    @Override
    public int version() {
        return 3;
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
        return Batch.types(
                PersonRegistered.class,
                ProfileChanged.class,
                RolesChanged.class,
                PersonBlocked.class,
                PersonUnblocked.class,
                PersonErased.class);
    }

    @Override
    public Optional<Slicing> slicing() {
        return Optional.of(Slicing.by(EventTags.PERSON, "person_id"));
    }

    @Override
    public void apply(DSLContext tx, List<Recorded<?>> batch) {
        Map<UUID, Change> changes = new LinkedHashMap<>();
        BlockChanges blocks = new BlockChanges();
        for (Recorded<?> recorded : batch) {
            switch (recorded.event()) {
                case PersonRegistered registered -> {} // below, they are only inserted
                case ProfileChanged profile ->
                    changes.merge(profile.personId(), new Change(profile.displayName(), null, null), Change::then);
                case RolesChanged roles ->
                    changes.merge(roles.personId(), new Change(null, listed(roles), null), Change::then);
                case PersonErased erased ->
                    changes.merge(erased.personId(), new Change(null, null, recorded.timestamp()), Change::then);
                case PersonBlocked block -> blocks.blocked(block, recorded.position());
                case PersonUnblocked block -> blocks.unblocked(block);
                default -> throw new IllegalArgumentException("Not one of eventTypes: " + recorded.event());
            }
        }
        register(tx, Batch.only(PersonRegistered.class, batch));
        change(tx, changes);
        blocks.apply(tx);
    }

    private static String listed(RolesChanged changed) {
        return changed.roles().stream().map(Names::of).collect(Collectors.joining(","));
    }

    private static void register(DSLContext tx, List<Recorded<PersonRegistered>> registered) {
        Rows.of(registered)
                .with(PERSON.PERSON_ID, person -> person.event().personId())
                .with(PERSON.USERNAME, person -> person.event().username())
                .with(PERSON.USERNAME_KEY, person -> person.event().usernameKey())
                .with(PERSON.DISPLAY_NAME, person -> person.event().displayName())
                .with(PERSON.DISPLAY_NAME_KEY, person -> key(person.event().displayName()))
                .with(PERSON.ROLES, person -> new String[] {"user"})
                .with(PERSON.REGISTERED_POSITION, Recorded::position)
                .with(PERSON.REGISTERED_AT, Recorded::timestamp)
                .insertInto(tx, PERSON);
    }

    private static void change(DSLContext tx, Map<UUID, Change> changes) {
        if (changes.isEmpty()) {
            return;
        }
        Table<Record> rows = Rows.of(changes.entrySet())
                .with(PERSON.PERSON_ID, Map.Entry::getKey)
                .with(PERSON.DISPLAY_NAME, change -> change.getValue().displayName())
                .with(PERSON.DISPLAY_NAME_KEY, change -> key(change.getValue().displayName()))
                .with(ROLES_LISTED, change -> change.getValue().roles())
                .with(PERSON.ERASED_AT, change -> change.getValue().erasedAt())
                .asTable();
        Field<Instant> erasedAt = coalesce(PERSON.ERASED_AT, rows.field(PERSON.ERASED_AT));
        tx.update(PERSON)
                .set(PERSON.USERNAME, when(erasedAt.isNotNull(), Erased.TEXT).otherwise(PERSON.USERNAME))
                .set(
                        PERSON.USERNAME_KEY,
                        when(erasedAt.isNotNull(), Erased.TEXT).otherwise(PERSON.USERNAME_KEY))
                .set(
                        PERSON.DISPLAY_NAME,
                        when(erasedAt.isNotNull(), Erased.TEXT)
                                .otherwise(coalesce(rows.field(PERSON.DISPLAY_NAME), PERSON.DISPLAY_NAME)))
                .set(
                        PERSON.DISPLAY_NAME_KEY,
                        when(erasedAt.isNotNull(), Erased.TEXT)
                                .otherwise(coalesce(rows.field(PERSON.DISPLAY_NAME_KEY), PERSON.DISPLAY_NAME_KEY)))
                .set(PERSON.ROLES, coalesce(stringToArray(rows.field(ROLES_LISTED), val(",")), PERSON.ROLES))
                .set(PERSON.ERASED_AT, erasedAt)
                .from(rows)
                .where(PERSON.PERSON_ID.eq(rows.field(PERSON.PERSON_ID)))
                .execute();
    }

    private static @Nullable String key(@Nullable String displayName) {
        return displayName == null ? null : DisplayNames.key(displayName);
    }
}
