package app.veza.server.erasure;

import app.veza.command.Overloaded;
import app.veza.command.Rejection;
import app.veza.command.identity.token.ErasureTokens;
import app.veza.command.identity.token.ErasureTokens.Erased;
import app.veza.eventstore.RecordedEvent;
import app.veza.server.erasure.ErasedPlaces.Place;
import app.veza.server.node.ConditionalOnRole;
import app.veza.server.node.Role;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import software.amazon.awssdk.core.exception.SdkException;

/** {@code GET /api/erasures/{token}}: what is left of a person who went. Whoever has the link may read it: it names nobody. */
@RestController
@ConditionalOnRole(Role.COMMAND)
final class CertificateEndpoint {

    private static final Logger log = LoggerFactory.getLogger(CertificateEndpoint.class);

    /** Each asks databases and object storage, once for each file and stream there was; and the link needs no log-in. */
    private static final int AT_ONCE = 4;

    private final ErasureTokens tokens;
    private final ErasedPlaces places;
    private final StoredPurges purges;
    private final Semaphore room = new Semaphore(AT_ONCE);

    CertificateEndpoint(ErasureTokens tokens, ErasedPlaces places, StoredPurges purges) {
        this.tokens = tokens;
        this.places = places;
        this.purges = purges;
    }

    /**
     * @param position of the erasure in the log
     * @param complete whether the person is gone from every place
     * @param purged whether the stores' files hold nothing of the person any more, not in free space of a page or an old log either
     * @param files what a purge after the erasure did; empty before it
     */
    record Certificate(
            UUID personId,
            long position,
            Instant erasedAt,
            boolean complete,
            List<Place> places,
            boolean purged,
            List<Place> files) {}

    @GetMapping("/api/erasures/{token}")
    ResponseEntity<Certificate> certificate(@PathVariable String token) {
        Erased erased = tokens.read(token).orElseThrow(CertificateEndpoint::unknown);
        RecordedEvent event =
                places.event(erased.personId(), erased.position()).orElseThrow(CertificateEndpoint::unknown);
        if (!room.tryAcquire()) {
            throw new Overloaded("Too many certificates are looked at right now.", Duration.ofSeconds(2));
        }
        try {
            List<Place> looked = places.look(erased.personId(), event);
            Optional<Purged> purge = purges.last(places.logId()).filter(done -> done.position() >= event.position());
            return ResponseEntity.ok()
                    .cacheControl(CacheControl.noStore())
                    .body(new Certificate(
                            erased.personId(),
                            erased.position(),
                            event.timestamp(),
                            looked.stream().allMatch(Place::erased),
                            looked,
                            purge.filter(Purged::complete).isPresent(),
                            purge.map(Purged::places).orElse(List.of())));
        } catch (SQLException | SdkException away) {
            log.warn("Databases or object storage cannot be asked for a certificate", away);
            throw new Overloaded("Not every place can be looked at just now.", Duration.ofSeconds(2));
        } finally {
            room.release();
        }
    }

    private static Rejection unknown() {
        return Rejection.notFound("There is no erasure with this link in the log in use.");
    }
}
