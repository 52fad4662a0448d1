package app.veza.query.chat.search;

import app.veza.query.chat.RoomReads;
import app.veza.query.http.Caller;
import app.veza.query.http.Listing;
import app.veza.query.http.Page;
import app.veza.query.http.Problems;
import app.veza.query.http.PublicUrl;
import app.veza.query.http.Reads;
import app.veza.query.shape.Message;
import app.veza.query.shape.MessageRows;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/search}: messages of the caller's rooms, from the newest. */
@RestController
final class SearchEndpoint {

    private static final Set<String> PROJECTIONS = Set.of("search", "chat", "people");
    private static final int LONGEST_QUERY = 500;

    private final RoomReads reads;
    private final PublicUrl urls;

    SearchEndpoint(RoomReads reads, PublicUrl urls) {
        this.reads = reads;
        this.urls = urls;
    }

    /**
     * @param typed words that must all be in the message, of three letters and more also their beginnings; case and accents do not count; of
     *     scripts without spaces (Chinese, Japanese, Thai) any part of a word
     * @param roomId only in this room; nothing is found in one that the caller is not in
     */
    @GetMapping("/api/search")
    ResponseEntity<Listing<Message>> messages(
            @AuthenticationPrincipal Jwt token,
            @RequestParam(name = "q") String typed,
            @RequestParam(required = false) @Nullable UUID roomId,
            @RequestParam(defaultValue = Page.DEFAULT_LIMIT) int limit,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestHeader(name = Reads.MIN_POSITION, required = false) @Nullable String minPosition) {
        if (typed.length() > LONGEST_QUERY) {
            throw Problems.malformed("q", "What is searched for has at most " + LONGEST_QUERY + " characters.");
        }
        String words = SearchWords.query(typed);
        if (words.isEmpty()) {
            throw Problems.malformed("q", "Name at least one word of letters or digits.");
        }
        UUID caller = Caller.of(token).personId();
        Page page = Page.of("search " + roomId + " " + words, limit, cursor);
        return reads.answer(
                caller,
                PROJECTIONS,
                minPosition,
                new MessageSearch(caller, words, roomId, page, new MessageRows(urls, caller))::fetch);
    }
}
