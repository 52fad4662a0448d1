package app.veza.embedded;

import java.util.Map;
import java.util.TreeMap;

/** Names of what is needed to reach the servers. */
final class PlatformProperties {

    static final String PRIMARY = "veza.postgres.primary";
    static final String REPLICA = "veza.postgres.replica";
    static final String ANALYTICS = "veza.postgres.analytics";
    /** Of the analytics database, too. */
    static final String ANALYST = "veza.postgres.analyst";
    /** Keys of this module alone: for tests and tools, not for a node. */
    static final String MAIL_DIRECTORY = "veza.embedded.mail.directory";

    static final String PRIMARY_SUPERUSER_PASSWORD = "veza.embedded.primary.superuser-password";
    static final String ANALYTICS_SUPERUSER_PASSWORD = "veza.embedded.analytics.superuser-password";

    private PlatformProperties() {}

    static Map<String, String> of(PlatformServers servers) {
        var all = new TreeMap<String, String>();
        all.putAll(servers.nats().properties());
        all.putAll(servers.redis().properties());
        all.putAll(servers.primary().properties(PRIMARY));
        all.putAll(servers.replica().properties(REPLICA));
        all.putAll(servers.analytics().properties(ANALYTICS));
        all.putAll(servers.analytics().analystProperties(ANALYST));
        all.putAll(servers.s3().properties());
        all.putAll(servers.mail().properties());
        all.put(MAIL_DIRECTORY, servers.mail().mailbox().directory().toString());
        all.put(PRIMARY_SUPERUSER_PASSWORD, servers.primary().superuserPassword());
        all.put(ANALYTICS_SUPERUSER_PASSWORD, servers.analytics().superuserPassword());
        return all;
    }
}
