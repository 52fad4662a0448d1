package app.veza.server.admin;

import app.veza.command.InvalidInput;
import app.veza.command.Overloaded;
import app.veza.command.Rejection;
import app.veza.command.http.Paging;
import app.veza.eventstore.EventLog;
import app.veza.projectionengine.DeadLetter;
import app.veza.projectionengine.DeadLetters;
import app.veza.projectionengine.ProjectionEngine;
import app.veza.server.node.ConditionalOnRole;
import app.veza.server.node.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/admin/dead-letters}: events that projections have parked, to be looked at, retried or dropped. */
@RestController
@ConditionalOnRole(Role.PROJECTIONS)
final class DeadLettersEndpoint {

    private static final int MOST = 1000;
    private static final Pattern CURSOR = Pattern.compile("([a-z][a-z0-9_]*)/([0-9]{1,18})");

    private final DeadLetters letters;
    private final EventLog log;

    DeadLettersEndpoint(ProjectionEngine engine, EventLog log) {
        this.letters = engine.deadLetters();
        this.log = log;
    }

    /**
     * @param counts dead letters by projection, of those that have any
     * @param unavailable why nothing is told of a projection, by its name: its store does not answer just now
     * @param nextCursor null on the last page
     */
    record Listing(
            Map<String, Long> counts,
            Map<String, String> unavailable,
            List<DeadLetter> items,
            @Nullable String nextCursor) {}

    /**
     * @param event that of the first letter, as it is stored: what is personal in it stays encrypted
     * @param nextCursor null on the last page
     */
    record Key(
            List<DeadLetter> items,
            EventView event,
            @Nullable String nextCursor) {}

    /**
     * @param key missing: letters of every key
     * @param after position up to which letters were tried before, the {@code nextAfter} of an answer; missing: none
     */
    record Retry(
            String projection,
            @Nullable String key,
            @Nullable Long after) {}

    /** @param dropped how many there were */
    record Dropped(long dropped) {}

    /**
     * By projection, then by position.
     *
     * @param from first position
     * @param to last position
     */
    @GetMapping("/api/admin/dead-letters")
    ResponseEntity<Listing> list(
            @RequestParam(required = false) @Nullable String projection,
            @RequestParam(required = false) @Nullable String key,
            @RequestParam(defaultValue = "1") long from,
            @RequestParam(defaultValue = "" + Long.MAX_VALUE) long to,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit) {
        Paging.requireLimit(limit, MOST);
        Matcher at = CURSOR.matcher(cursor == null ? "" : cursor);
        if (cursor != null && !at.matches()) {
            throw Paging.foreignCursor();
        }
        List<DeadLetter> items = new ArrayList<>();
        Map<String, Long> counts = new LinkedHashMap<>();
        Map<String, String> unavailable = new LinkedHashMap<>();
        boolean reached = cursor == null;
        for (String name : projection == null ? letters.projections() : List.of(projection)) {
            long after = from - 1;
            if (!reached && at.group(1).equals(name)) {
                reached = true;
                after = Math.max(after, Long.parseLong(at.group(2)));
            }
            try {
                long there = letters.count(name);
                if (there > 0) {
                    counts.put(name, there);
                }
                if (reached && there > 0 && items.size() <= limit) {
                    items.addAll(letters.page(name, key, after, to, limit + 1 - items.size()));
                }
            } catch (NoSuchElementException unknown) {
                throw Rejection.notFound(unknown.getMessage() + ".");
            } catch (DeadLetters.Unavailable away) {
                if (projection != null) {
                    throw overloaded(away);
                }
                // One store that is away hides nothing of the others
                unavailable.put(name, String.valueOf(away.getMessage()));
            }
        }
        boolean more = items.size() > limit;
        List<DeadLetter> page = more ? items.subList(0, limit) : items;
        String next = more ? page.getLast().projection() + "/" + page.getLast().position() : null;
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(new Listing(counts, unavailable, page, next));
    }

    /** What waits in order for one key, and the event that it waits for. */
    @GetMapping("/api/admin/dead-letters/{projection}/{key}")
    ResponseEntity<Key> show(
            @PathVariable String projection,
            @PathVariable String key,
            @RequestParam(defaultValue = "0") long cursor,
            @RequestParam(defaultValue = "50") int limit) {
        Paging.requireLimit(limit, MOST);
        List<DeadLetter> found = answered(() -> letters.page(projection, key, cursor, Long.MAX_VALUE, limit + 1));
        if (found.isEmpty()) {
            throw Rejection.notFound(
                    "Projection %s has no dead letters of the key '%s' behind position %d: 'list' names the keys."
                            .formatted(projection, key, cursor));
        }
        boolean more = found.size() > limit;
        List<DeadLetter> page = more ? found.subList(0, limit) : found;
        EventView event = log.read(page.getFirst().position() - 1, 1).stream()
                .findFirst()
                .map(EventView::of)
                .orElseThrow(() -> new Overloaded("This node's log does not reach it yet.", Duration.ofSeconds(1)));
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(new Key(page, event, more ? Long.toString(page.getLast().position()) : null));
    }

    /**
     * Applies them again, in order, until one of a key fails; bounded in time: while {@code complete} is false, ask again with {@code
     * after} of {@code nextAfter}.
     */
    @PostMapping("/api/admin/dead-letters/retry")
    DeadLetters.Retried retry(@RequestBody Retry retry) {
        if (retry.projection() == null) {
            throw new InvalidInput("/projection", "must say whose dead letters are to be retried, such as \"chat\"");
        }
        long after = retry.after() == null ? 0 : retry.after();
        return answered(() -> letters.retry(retry.projection(), retry.key(), after));
    }

    /** Gives up the first letter of the key, or all: this version of the read model lacks those events, rebuilt too. */
    @DeleteMapping("/api/admin/dead-letters")
    Dropped drop(
            @RequestParam String projection,
            @RequestParam String key,
            @RequestParam(defaultValue = "false") boolean all,
            Authentication caller) {
        long dropped = answered(() -> letters.drop(projection, key, all, caller.getName()));
        if (dropped == 0) {
            throw Rejection.notFound("Projection %s has no dead letters of the key '%s'.".formatted(projection, key));
        }
        return new Dropped(dropped);
    }

    private static <T> T answered(Supplier<T> question) {
        try {
            return question.get();
        } catch (NoSuchElementException unknown) {
            throw Rejection.notFound(unknown.getMessage() + ".");
        } catch (DeadLetters.Unavailable away) {
            throw overloaded(away);
        }
    }

    private static Overloaded overloaded(DeadLetters.Unavailable away) {
        return new Overloaded(
                "The store of the projection does not answer: " + away.getMessage(), Duration.ofSeconds(5));
    }
}
