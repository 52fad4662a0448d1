package app.veza.command.identity.forgotpassword;

import java.time.Instant;
import java.util.UUID;

/**
 * Have somebody mailed how to choose another password, if they are to be.
 *
 * @param personId of nobody where there is no account
 * @param isSomebody whether there is one
 * @param at the present
 */
record RequestReset(UUID personId, boolean isSomebody, UUID requestId, Instant at) {}
