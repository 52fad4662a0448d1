package app.veza.command.identity.eraseperson;

import java.time.Instant;
import java.util.UUID;

/**
 * Be gone, at one's own wish.
 *
 * @param at the present
 */
record ErasePerson(UUID personId, Instant at) {}
