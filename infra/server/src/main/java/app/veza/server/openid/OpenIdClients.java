package app.veza.server.openid;

import app.veza.command.Rejection;
import java.util.Map;

/** @param byName as the configuration calls them */
record OpenIdClients(Map<String, OpenIdClient> byName) {

    OpenIdClient require(String name) {
        OpenIdClient client = byName.get(name);
        if (client == null) {
            throw Rejection.notFound(
                    "There is no provider '%s': see veza.oauth2 in the configuration.".formatted(name));
        }
        return client;
    }
}
