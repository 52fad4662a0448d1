package app.veza.query.identity.users;

import static app.veza.query.jooq.view.Tables.BLOCKS;
import static app.veza.query.jooq.view.Tables.PEOPLE;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.falseCondition;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.selectOne;

import app.veza.event.Erased;
import app.veza.event.identity.DisplayNames;
import app.veza.query.http.Listing;
import app.veza.query.http.Page;
import app.veza.query.shape.Person;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record4;
import org.jooq.Select;
import org.jspecify.annotations.Nullable;

/** People by id, also who was erased; or by what their username or display name begins with, in order of username. */
final class UsersQuery {

    private final DSLContext sql;
    private final UUID caller;

    UsersQuery(DSLContext sql, UUID caller) {
        this.sql = sql;
        this.caller = caller;
    }

    Optional<Person> one(UUID id) {
        return sql.select(PEOPLE.PERSON_ID, PEOPLE.USERNAME, PEOPLE.DISPLAY_NAME)
                .from(PEOPLE)
                .where(PEOPLE.PERSON_ID.eq(id))
                .fetchOptional(row -> new Person(row.value1(), row.value2(), row.value3()));
    }

    Listing<Person> list(@Nullable String beginning, boolean blocked, Page page) {
        List<Record4<UUID, String, String, String>> rows = sql.select(
                        PEOPLE.PERSON_ID, PEOPLE.USERNAME, PEOPLE.DISPLAY_NAME, PEOPLE.USERNAME_KEY)
                .from(PEOPLE)
                .where(beginsWith(beginning))
                .and(
                        blocked
                                ? exists(blockedByCaller())
                                : notExists(blockedByCaller()).and(notExists(blocksCaller())))
                .and(PEOPLE.USERNAME_KEY.ne(Erased.TEXT))
                .and(PEOPLE.USERNAME_KEY.gt(page.after(key -> key, "")))
                .orderBy(PEOPLE.USERNAME_KEY)
                .limit(page.fetch())
                .fetch();
        return Listing.of(page, rows, Record4::value4, row -> new Person(row.value1(), row.value2(), row.value3()));
    }

    private Select<?> blockedByCaller() {
        return selectOne().from(BLOCKS).where(BLOCKS.PERSON_ID.eq(caller)).and(BLOCKS.BLOCKED_ID.eq(PEOPLE.PERSON_ID));
    }

    private Select<?> blocksCaller() {
        return selectOne()
                .from(BLOCKS)
                .where(BLOCKS.PERSON_ID.eq(PEOPLE.PERSON_ID))
                .and(BLOCKS.BLOCKED_ID.eq(caller));
    }

    private static Condition beginsWith(@Nullable String beginning) {
        if (beginning == null || beginning.isBlank()) {
            return noCondition();
        }
        if (beginning.indexOf('\0') >= 0) {
            return falseCondition(); // no text in PostgreSQL has one, and none may be asked for
        }
        String key = DisplayNames.key(beginning.strip());
        return PEOPLE.USERNAME_KEY.startsWith(key).or(PEOPLE.DISPLAY_NAME_KEY.startsWith(key));
    }
}
