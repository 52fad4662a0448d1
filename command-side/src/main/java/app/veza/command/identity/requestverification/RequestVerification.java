package app.veza.command.identity.requestverification;

import java.time.Instant;
import java.util.UUID;

/** @param at the present */
record RequestVerification(UUID personId, UUID requestId, Instant at) {}
