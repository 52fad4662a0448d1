package app.veza.query.chat.attachment;

import static app.veza.query.jooq.view.Tables.ATTACHMENTS;
import static app.veza.query.jooq.view.Tables.ATTACHMENT_USES;
import static app.veza.query.jooq.view.Tables.MEMBERS;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.selectOne;

import app.veza.query.chat.RoomReads;
import app.veza.query.http.Caller;
import app.veza.query.http.Problems;
import app.veza.query.http.Reads;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/attachments/{id}}: leads to the file, for its owner and for members of a room where a message bears it. */
@RestController
final class AttachmentEndpoint {

    private static final Set<String> PROJECTIONS = Set.of("chat");

    private final RoomReads reads;
    private final AttachmentLinks links;

    AttachmentEndpoint(RoomReads reads, AttachmentLinks links) {
        this.reads = reads;
        this.links = links;
    }

    /** @param isSent whether a message bears it */
    private record File(String contentType, boolean isSent) {}

    @GetMapping("/api/attachments/{attachmentId}")
    @ResponseStatus(HttpStatus.FOUND)
    ResponseEntity<Void> attachment(
            @AuthenticationPrincipal Jwt token,
            @PathVariable UUID attachmentId,
            @RequestHeader(name = Reads.MIN_POSITION, required = false) @Nullable String minPosition) {
        UUID caller = Caller.of(token).personId();
        ResponseEntity<File> found =
                reads.answer(caller, PROJECTIONS, minPosition, snapshot -> file(snapshot.sql(), attachmentId, caller));
        File file = found.getBody();
        return ResponseEntity.status(HttpStatus.FOUND)
                .headers(found.getHeaders())
                // the link is good for minutes only
                .cacheControl(CacheControl.noStore())
                .location(links.signed(attachmentId, file.contentType(), file.isSent()))
                .build();
    }

    private static File file(DSLContext sql, UUID attachment, UUID caller) {
        var uses = selectOne().from(ATTACHMENT_USES).where(ATTACHMENT_USES.ATTACHMENT_ID.eq(attachment));
        var usesInRoomsOfCaller = selectOne()
                .from(ATTACHMENT_USES)
                .join(MEMBERS)
                .on(MEMBERS.ROOM_ID.eq(ATTACHMENT_USES.ROOM_ID))
                .and(MEMBERS.PERSON_ID.eq(caller))
                .where(ATTACHMENT_USES.ATTACHMENT_ID.eq(attachment));
        return sql.select(ATTACHMENTS.CONTENT_TYPE, field(exists(uses)))
                .from(ATTACHMENTS)
                .where(ATTACHMENTS.ATTACHMENT_ID.eq(attachment))
                .and(ATTACHMENTS.OWNER_ID.eq(caller).or(exists(usesInRoomsOfCaller)))
                .fetchOptional(row -> new File(row.value1(), row.value2()))
                .orElseThrow(() -> Problems.notFound("There is no such file."));
    }
}
