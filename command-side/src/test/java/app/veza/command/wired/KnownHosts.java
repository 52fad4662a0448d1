package app.veza.command.wired;

import app.veza.command.notification.WebhookTargets;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Hosts that webhooks may be at, until they move inwards. */
final class KnownHosts implements WebhookTargets {

    private final Set<String> within = ConcurrentHashMap.newKeySet();

    void moveInwards(String host) {
        within.add(host);
    }

    @Override
    public Optional<String> fault(String url) {
        return within.contains(URI.create(url).getHost()) ? Optional.of("must be public") : Optional.empty();
    }
}
