package app.veza.command.identity.forgotpassword;

import java.time.Instant;
import java.util.UUID;

/** @param at the present */
record RequestReset(UUID personId, UUID requestId, Instant at) {}
