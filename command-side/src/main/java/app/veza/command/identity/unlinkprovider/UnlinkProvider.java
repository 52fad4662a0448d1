package app.veza.command.identity.unlinkprovider;

import java.util.UUID;

/**
 * Be opened by a provider no more.
 *
 * @param provider as the configuration calls it
 */
record UnlinkProvider(UUID personId, String provider) {}
