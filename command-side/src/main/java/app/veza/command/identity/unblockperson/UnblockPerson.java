package app.veza.command.identity.unblockperson;

import app.veza.command.Pair;
import java.util.UUID;

/** Hear from somebody again. */
record UnblockPerson(UUID by, UUID personId) {

    UUID pairId() {
        return Pair.of(by, personId);
    }
}
