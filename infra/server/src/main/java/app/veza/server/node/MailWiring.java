package app.veza.server.node;

import app.veza.command.identity.Accounts;
import app.veza.command.identity.token.MailedToken;
import app.veza.command.identity.token.MailedToken.Purpose;
import app.veza.command.identity.token.MailedTokens;
import app.veza.eventstore.EventLog;
import app.veza.eventstore.axon.PersonalTags;
import app.veza.reaction.mail.MailReaction;
import app.veza.reaction.mail.MailTransport;
import app.veza.reaction.mail.MailTransport.Outcome;
import app.veza.reaction.mail.Mails;
import app.veza.reaction.mail.Mails.Recipient;
import app.veza.stores.MailConfig;
import app.veza.stores.MailRefusedException;
import app.veza.stores.MailUnavailableException;
import app.veza.stores.Mailer;
import app.veza.stores.PostgresPool;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Mails that follow from events, sent by whichever node is first. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRole(Role.PROJECTIONS)
class MailWiring {

    private static final Logger log = LoggerFactory.getLogger(MailWiring.class);

    @Bean
    Mailer mailer(Environment environment) {
        return new Mailer(MailConfig.from(NodeProperties.of(environment)));
    }

    @Bean
    MailFlood mailFlood(EventLog log, PersonalTags personalTags) {
        return new MailFlood(log, personalTags);
    }

    @Bean(initMethod = "start")
    MailReaction mailReaction(
            LoggedEvents events,
            @Qualifier("keyPool") PostgresPool pool,
            Accounts accounts,
            MailedTokens tokens,
            MailFlood flood,
            Mailer mailer,
            @Value("${veza.mail.app-url:#{null}}") @Nullable URI app,
            MeterRegistry meters) {
        var mails = new Mails(
                person -> accounts.byId(person)
                        .map(account -> new Recipient(
                                account.email(), account.username(), accounts.isVerified(account.personId()))),
                secrets(tokens),
                app);
        var reaction =
                new MailReaction(events, pool.dataSource(), mails, flood, transport(mailer), ReactionTables.in(pool));
        Gauge.builder("veza.reaction.overdue", reaction, MailWiring::overdue)
                .description("How long the oldest of what is due to be sent waits to be tried, on all nodes")
                .baseUnit("seconds")
                .tag("reaction", "mail")
                .register(meters);
        return reaction;
    }

    private static double overdue(MailReaction reaction) {
        try {
            return reaction.overdue().toMillis() / 1_000.0;
        } catch (SQLException away) {
            log.debug("How long mails wait cannot be told now", away);
            return Double.NaN;
        }
    }

    private static Mails.Secrets secrets(MailedTokens tokens) {
        return new Mails.Secrets() {
            @Override
            public String toVerifyEmail(UUID person, UUID request) {
                return tokens.write(new MailedToken(Purpose.VERIFY_EMAIL, person, request));
            }

            @Override
            public String toResetPassword(UUID person, UUID request) {
                return tokens.write(new MailedToken(Purpose.RESET_PASSWORD, person, request));
            }
        };
    }

    private static MailTransport transport(Mailer mailer) {
        return (id, mail) -> {
            try {
                mailer.send(id, mail.recipient(), mail.subject(), mail.text());
                return Outcome.SENT;
            } catch (MailRefusedException refused) {
                log.warn("{}: {}", mail, refused.getMessage());
                return Outcome.REFUSED;
            } catch (MailUnavailableException away) {
                log.warn("{} waits: {}", mail, away.getMessage());
                return Outcome.UNAVAILABLE;
            }
        };
    }
}
