package app.veza.command.identity.forgotpassword;

import java.time.Instant;
import java.util.UUID;

/**
 * Have somebody mailed how to choose another password, if they are to be.
 *
 * @param personId of nobody where there is no account
 * @param isSomebody whether there is one
 * @param emailKey of the address that was given
 * @param isProved whether it is theirs, or they only said so
 * @param at the present
 */
record RequestReset(UUID personId, boolean isSomebody, String emailKey, boolean isProved, UUID requestId, Instant at) {}
