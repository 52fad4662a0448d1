package app.veza.server.erasure;

import app.veza.server.erasure.ErasedPlaces.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a purge did.
 *
 * @param logId of the log whose positions it means
 * @param position who was erased up to here is in no file any more, in the places that say so
 * @param places what was done in each, with its proof
 */
record Purged(String logId, long position, Instant began, Instant ended, List<Place> places) {

    boolean complete() {
        return places.stream().allMatch(Place::erased);
    }

    Duration took() {
        return Duration.between(began, ended);
    }
}
