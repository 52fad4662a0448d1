package app.veza.projection.replica.chat;

import static app.veza.projection.jooq.chat.Tables.RESTRICTION;

import app.veza.event.chat.MemberBanned;
import app.veza.event.chat.MemberMuted;
import app.veza.event.chat.MemberUnbanned;
import app.veza.event.chat.MemberUnmuted;
import app.veza.projection.rows.Rows;
import app.veza.projection.rows.Statements;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** Mutes and bans: of several in a batch about one person in one room, the last counts. */
final class RestrictionChanges {

    private static final String MUTE = "mute";
    private static final String BAN = "ban";

    private record Key(UUID room, UUID person, String kind) {}

    private record Imposed(UUID by, @Nullable Instant until, long position) {}

    /** Null where it was lifted. */
    private final Map<Key, @Nullable Imposed> last = new LinkedHashMap<>();

    void muted(MemberMuted mute, long position) {
        last.put(new Key(mute.roomId(), mute.personId(), MUTE), new Imposed(mute.mutedBy(), mute.until(), position));
    }

    void unmuted(MemberUnmuted mute) {
        last.put(new Key(mute.roomId(), mute.personId(), MUTE), null);
    }

    void banned(MemberBanned ban, long position) {
        last.put(new Key(ban.roomId(), ban.personId(), BAN), new Imposed(ban.bannedBy(), null, position));
    }

    void unbanned(MemberUnbanned ban) {
        last.put(new Key(ban.roomId(), ban.personId(), BAN), null);
    }

    void apply(DSLContext tx, Statements statements) {
        if (last.isEmpty()) {
            return;
        }
        statements.add(tx.deleteFrom(RESTRICTION)
                .where(Rows.of(last.keySet())
                        .with(RESTRICTION.ROOM_ID, Key::room)
                        .with(RESTRICTION.PERSON_ID, Key::person)
                        .with(RESTRICTION.KIND, Key::kind)
                        .matches()));
        statements.insert(
                Rows.of(last.entrySet().stream()
                                .filter(entry -> entry.getValue() != null)
                                .toList())
                        .with(RESTRICTION.ROOM_ID, entry -> entry.getKey().room())
                        .with(RESTRICTION.PERSON_ID, entry -> entry.getKey().person())
                        .with(RESTRICTION.KIND, entry -> entry.getKey().kind())
                        .with(RESTRICTION.IMPOSED_BY, entry -> entry.getValue().by())
                        .with(RESTRICTION.UNTIL, entry -> entry.getValue().until())
                        .with(RESTRICTION.POSITION, entry -> entry.getValue().position()),
                RESTRICTION);
    }
}
