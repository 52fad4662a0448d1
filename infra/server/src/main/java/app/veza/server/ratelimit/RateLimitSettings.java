package app.veza.server.ratelimit;

import static java.util.Map.entry;

import app.veza.stores.Quota;
import java.util.EnumMap;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much people and addresses may do. What is allowed at once suits an app that is opened and reads much; what is allowed in the
 * long run suits somebody quick. An address may be that of an office or a school, hence more: of live audio as much as a thousand
 * listeners fetch, four times a second each.
 *
 * @param enabled false lifts all of them, for load tests
 * @param person by route class, such as {@code veza.ratelimit.person.reads=1200/1m}
 * @param address likewise
 */
@ConfigurationProperties("veza.ratelimit")
record RateLimitSettings(
        @DefaultValue("true") boolean enabled,
        @DefaultValue Map<RouteClass, Quota> person,
        @DefaultValue Map<RouteClass, Quota> address) {

    private static final Map<RouteClass, Quota> PERSON = Map.ofEntries(
            entry(RouteClass.AUTH, Quota.valueOf("60/1m")),
            entry(RouteClass.COMMANDS, Quota.valueOf("600/1m")),
            entry(RouteClass.ACCOUNT, Quota.valueOf("300/1h")),
            entry(RouteClass.READS, Quota.valueOf("1200/1m")),
            entry(RouteClass.SEARCHES, Quota.valueOf("120/1m")),
            entry(RouteClass.UPLOADS, Quota.valueOf("60/1m")),
            entry(RouteClass.EXPORTS, Quota.valueOf("5/1h")),
            entry(RouteClass.MEDIA, Quota.valueOf("3000/1m")),
            entry(RouteClass.SOCKETS, Quota.valueOf("300/1m")),
            entry(RouteClass.WRITTEN, Quota.valueOf("268435456/24h")),
            entry(RouteClass.UPLOADED, Quota.valueOf("2147483648/24h")));

    private static final Map<RouteClass, Quota> ADDRESS = Map.ofEntries(
            entry(RouteClass.AUTH, Quota.valueOf("300/1m")),
            entry(RouteClass.COMMANDS, Quota.valueOf("6000/1m")),
            entry(RouteClass.ACCOUNT, Quota.valueOf("6000/1m")),
            entry(RouteClass.READS, Quota.valueOf("12000/1m")),
            entry(RouteClass.SEARCHES, Quota.valueOf("1200/1m")),
            entry(RouteClass.UPLOADS, Quota.valueOf("600/1m")),
            entry(RouteClass.EXPORTS, Quota.valueOf("50/1h")),
            entry(RouteClass.MEDIA, Quota.valueOf("300000/1m")),
            entry(RouteClass.SOCKETS, Quota.valueOf("3000/1m")),
            entry(RouteClass.WRITTEN, Quota.valueOf("2684354560/24h")),
            entry(RouteClass.UPLOADED, Quota.valueOf("21474836480/24h")));

    RateLimitSettings {
        person = over(PERSON, person);
        address = over(ADDRESS, address);
    }

    private static Map<RouteClass, Quota> over(Map<RouteClass, Quota> defaults, Map<RouteClass, Quota> chosen) {
        Map<RouteClass, Quota> all = new EnumMap<>(defaults);
        all.putAll(chosen);
        return Map.copyOf(all);
    }
}
