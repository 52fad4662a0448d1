package app.veza.server.webhook;

import app.veza.command.Overloaded;
import app.veza.command.notification.WebhookAnswers;
import app.veza.command.notification.WebhookTargets;
import app.veza.command.notification.disablewebhook.UselessWebhooks;
import app.veza.reaction.webhook.Turns;
import app.veza.reaction.webhook.WebhookReaction;
import app.veza.reaction.webhook.WebhookTransport;
import app.veza.server.gateway.EventContents;
import app.veza.server.node.ConditionalOnRole;
import app.veza.server.node.LoggedEvents;
import app.veza.server.node.ReactionTables;
import app.veza.server.node.Role;
import app.veza.stores.BoundedNames;
import app.veza.stores.PostgresPool;
import app.veza.stores.WebhookConfig;
import app.veza.stores.WebhookSender;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import tools.jackson.databind.json.JsonMapper;

/** Webhooks: where they may be and how they answered, for their doors; and, on nodes with projections, what they are sent. */
@Configuration(proxyBeanMethods = false)
class WebhookWiring {

    private static final int POSTS_AT_ONCE = 16;

    /** The system's resolver goes on for half a minute and more after nobody waits for it: enough for as many slow names as posts ask for. */
    private static final int NAMES_OF_POSTS = 128;

    private static final int NAMES_AT_DOORS = 32;

    private static final Duration LONGEST_LOOK_UP = Duration.ofSeconds(5);
    private static final Duration LONGEST_POST = Duration.ofSeconds(15);

    @Bean
    WebhookConfig webhookConfig(
            @Value("${veza.webhooks.allow-http:false}") boolean allowHttp,
            @Value("${veza.webhooks.allowed-networks:}") List<String> networks) {
        return WebhookConfig.of(allowHttp, networks);
    }

    @Bean
    BoundedNames namesAtDoors() {
        return new BoundedNames(InetAddress::getAllByName, NAMES_AT_DOORS, LONGEST_LOOK_UP);
    }

    /** Apart from those of posts: whoever registers names that take their time holds up no delivery. */
    @Bean
    WebhookTargets webhookTargets(WebhookConfig config, @Qualifier("namesAtDoors") BoundedNames names) {
        var targets = new app.veza.stores.WebhookTargets(config, names);
        return url -> {
            try {
                return targets.fault(url);
            } catch (BoundedNames.Busy busy) {
                throw new Overloaded("Too many names are looked up right now.", LONGEST_LOOK_UP);
            }
        };
    }

    @Bean
    Turns webhookTurns(@Qualifier("keyPool") PostgresPool pool) {
        return new Turns(pool.dataSource());
    }

    @Bean
    WebhookAnswers webhookAnswers(Turns turns) {
        return new NotedAnswers(turns);
    }

    /** What is sent, by whichever node is first. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnRole(Role.PROJECTIONS)
    static class Sending {

        /** Made at the first post: it takes half a second of a core, which no start of a node needs to wait for. */
        @Bean(destroyMethod = "close")
        @Lazy
        WebhookSender webhookSender(WebhookConfig config, @Qualifier("namesOfPosts") BoundedNames names)
                throws NoSuchAlgorithmException {
            return new WebhookSender(
                    new app.veza.stores.WebhookTargets(config, names),
                    SSLContext.getDefault(),
                    LONGEST_POST,
                    POSTS_AT_ONCE);
        }

        @Bean
        BoundedNames namesOfPosts() {
            return new BoundedNames(InetAddress::getAllByName, NAMES_OF_POSTS, LONGEST_LOOK_UP);
        }

        @Bean(initMethod = "start")
        WebhookReaction webhookReaction(
                LoggedEvents events,
                Turns turns,
                app.veza.command.notification.Webhooks webhooks,
                UselessWebhooks useless,
                EventContents contents,
                ObjectProvider<WebhookSender> sender,
                @Qualifier("keyPool") PostgresPool pool,
                InstantSource clock,
                JsonMapper json,
                MeterRegistry meters) {
            return new WebhookReaction(
                    events,
                    turns,
                    new LoggedWebhooks(webhooks, useless, contents, clock, json),
                    new WebhookMeters(transport(sender), turns, meters),
                    clock,
                    work -> Thread.ofVirtual().name("webhook").start(work),
                    POSTS_AT_ONCE,
                    ReactionTables.in(pool));
        }

        private static WebhookTransport transport(ObjectProvider<WebhookSender> sender) {
            return (url, headers, body) -> {
                WebhookSender.Answer answer = sender.getObject().post(url, headers, body);
                return new WebhookTransport.Answer(
                        answer.status(),
                        answer.failure() == null
                                ? null
                                : answer.failure().name().toLowerCase(Locale.ROOT));
            };
        }
    }
}
