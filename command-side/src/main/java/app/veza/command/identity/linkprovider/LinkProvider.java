package app.veza.command.identity.linkprovider;

import app.veza.command.identity.openid.ExternalAccount;
import java.util.UUID;

/** Let an external account, which was proved already, open one's own. */
record LinkProvider(UUID personId, ExternalAccount external) {}
