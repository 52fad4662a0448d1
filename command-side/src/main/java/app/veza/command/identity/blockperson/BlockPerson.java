package app.veza.command.identity.blockperson;

import app.veza.command.Pair;
import java.util.UUID;

/** Hear no more from somebody. */
record BlockPerson(UUID by, UUID personId) {

    UUID pairId() {
        return Pair.of(by, personId);
    }
}
