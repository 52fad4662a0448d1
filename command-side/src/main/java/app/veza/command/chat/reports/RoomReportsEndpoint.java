package app.veza.command.chat.reports;

import app.veza.command.http.Caller;
import app.veza.command.http.LogRead;
import app.veza.command.http.Paging;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/rooms/{id}/reports}: for moderators and owners, newest first. */
@RestController
final class RoomReportsEndpoint {

    private static final int MOST = 100;

    private final RoomReports reports;

    RoomReportsEndpoint(RoomReports reports) {
        this.reports = reports;
    }

    /** @param nextCursor of the page that follows; null when this is the last */
    record Page(List<RoomReports.Report> items, @Nullable String nextCursor) {}

    @GetMapping("/api/rooms/{roomId}/reports")
    ResponseEntity<Page> reports(
            Caller caller,
            LogRead read,
            @PathVariable UUID roomId,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        Paging.requireLimit(limit, MOST);
        Integer upTo = place(cursor);
        return read.answer(() -> page(reports.read(roomId, caller.personId(), upTo, limit)));
    }

    private static Page page(RoomReports.Slice slice) {
        Integer next = slice.next();
        return new Page(slice.items(), next == null ? null : Integer.toString(next, Character.MAX_RADIX));
    }

    /** Reports are only ever added: how many are older stays true. */
    private static @Nullable Integer place(@Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        try {
            return Math.max(0, Integer.parseInt(cursor, Character.MAX_RADIX));
        } catch (NumberFormatException unknown) {
            throw Paging.foreignCursor();
        }
    }
}
