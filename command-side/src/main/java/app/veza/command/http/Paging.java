package app.veza.command.http;

import app.veza.command.Rejection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What lists that are not views have in common: how much of them may be asked for at a time, and from where on. */
public final class Paging {

    private Paging() {}

    /** @throws Rejection malformed, when it is not from 1 to {@code most} */
    public static void requireLimit(int limit, int most) {
        if (limit < 1 || limit > most) {
            throw Rejection.malformed("/limit", "A limit is from 1 to %d.".formatted(most));
        }
    }

    /**
     * Of a list whose cursor is the id of the last item shown; null on the first page.
     *
     * @throws Rejection malformed, when it is none
     */
    public static @Nullable UUID idCursor(@Nullable String cursor) {
        return cursor == null ? null : StrictUuid.parse(cursor).orElseThrow(Paging::foreignCursor);
    }

    public static Rejection foreignCursor() {
        return Rejection.malformed("/cursor", "A cursor is the nextCursor of the same list, unchanged.");
    }
}
