package app.veza.reaction.mail;

import static org.assertj.core.api.Assertions.assertThat;

import app.veza.event.Erased;
import app.veza.event.EventTypes;
import app.veza.event.identity.ClaimedEmailReused;
import app.veza.event.identity.EmailVerificationRequested;
import app.veza.event.identity.PasswordChanged;
import app.veza.event.identity.PasswordResetRequested;
import app.veza.event.identity.ProviderLinked;
import app.veza.event.identity.ProviderUnlinked;
import app.veza.event.identity.RecoveryCodesIssued;
import app.veza.event.identity.TotpConfirmed;
import app.veza.event.identity.TotpRemoved;
import app.veza.event.notification.WebhookDisabled;
import app.veza.event.notification.WebhookDisabled.Cause;
import app.veza.reaction.mail.Mails.Recipient;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MailsTest {

    private final UUID ann = UUID.randomUUID();
    private final UUID request = UUID.randomUUID();

    private static Mails mails(@Nullable URI app) {
        return mails(app, true);
    }

    private static Mails mails(@Nullable URI app, boolean isVerified) {
        return new Mails(
                person -> Optional.of(new Recipient("ann@example.org", "Ann", isVerified)),
                new Mails.Secrets() {
                    @Override
                    public String toVerifyEmail(UUID person, UUID id) {
                        return "verify-" + id;
                    }

                    @Override
                    public String toResetPassword(UUID person, UUID id) {
                        return "reset-" + id;
                    }
                },
                app);
    }

    @Test
    void theAddressThatIsToBeProvedIsWrittenTo() {
        Mail mail = mails(null)
                .of(new EmailVerificationRequested(ann, request, "New@example.org", "new@example.org", Instant.MAX))
                .orElseThrow();

        assertThat(mail.recipient()).isEqualTo("New@example.org");
        assertThat(mail.text()).contains("Ann", "\nverify-" + request + "\n").doesNotContain("#token");
    }

    @Test
    void aLinkKeepsItsCodeBehindAHash() {
        Mail mail = mails(URI.create("https://app.example/"))
                .of(new PasswordResetRequested(ann, request, "ann@example.org", Instant.MAX))
                .orElseThrow();

        assertThat(mail.recipient()).isEqualTo("ann@example.org");
        assertThat(mail.text()).contains("https://app.example/reset-password#token=reset-" + request + "\n");
    }

    @Test
    void theOwnerOfAnAddressLearnsThatItWasUsed() {
        assertThat(mails(null).of(new ClaimedEmailReused(ann)))
                .hasValueSatisfying(mail -> assertThat(mail.recipient()).isEqualTo("ann@example.org"));
    }

    @Test
    void whoseAccountAProviderOpensOrNoLongerDoesLearnsOfIt() {
        assertThat(mails(null).of(new ProviderLinked(ann, "example-id", "https://id.example 42")))
                .hasValueSatisfying(mail -> {
                    assertThat(mail.recipient()).isEqualTo("ann@example.org");
                    assertThat(mail.subject()).isEqualTo("You can sign in through example-id now");
                    assertThat(mail.text()).contains("Ann", "example-id").doesNotContain("42");
                });
        assertThat(mails(null).of(new ProviderUnlinked(ann, "example-id", Erased.TEXT)))
                .hasValueSatisfying(
                        mail -> assertThat(mail.subject()).isEqualTo("You cannot sign in through example-id any more"));
        assertThat(mails(null, false).of(new ProviderLinked(ann, "example-id", "https://id.example 42")))
                .as("the account was opened by it, with an address that may be somebody else's")
                .isEmpty();
    }

    @Test
    void whoseWebhookWasDisabledLearnsOfItUnlessTheyDidItThemselves() {
        UUID webhook = UUID.randomUUID();
        assertThat(mails(null).of(new WebhookDisabled(webhook, ann, Cause.GONE)))
                .hasValueSatisfying(mail -> {
                    assertThat(mail.recipient()).isEqualTo("ann@example.org");
                    assertThat(mail.text()).contains("Ann", webhook.toString(), "410");
                });
        assertThat(mails(null).of(new WebhookDisabled(webhook, ann, Cause.FAILING)))
                .hasValueSatisfying(mail -> assertThat(mail.text()).contains(webhook.toString(), "for days"));
        assertThat(mails(null).of(new WebhookDisabled(webhook, ann, Cause.BY_OWNER)))
                .isEmpty();
        assertThat(mails(null, false).of(new WebhookDisabled(webhook, ann, Cause.GONE)))
                .as("an address that nobody has proved, and be it asked for again and again")
                .isEmpty();
    }

    /** That their types are followed, too: else nobody would be written. */
    @Test
    void whateverSomebodyIsWrittenAboutIsFollowed() {
        assertThat(Mails.TYPES)
                .contains(
                        EventTypes.nameOf(PasswordChanged.class),
                        EventTypes.nameOf(TotpConfirmed.class),
                        EventTypes.nameOf(TotpRemoved.class),
                        EventTypes.nameOf(RecoveryCodesIssued.class),
                        EventTypes.nameOf(ProviderLinked.class),
                        EventTypes.nameOf(ProviderUnlinked.class),
                        EventTypes.nameOf(WebhookDisabled.class));
    }

    @Test
    void anErasedAddressIsWrittenNothing() {
        assertThat(mails(null).of(new EmailVerificationRequested(ann, request, Erased.TEXT, Erased.TEXT, Instant.MAX)))
                .isEmpty();
    }

    @Test
    void aMailKeepsItsSecretsWhenPrinted() {
        assertThat(new Mail("ann@example.org", "Subject", "secret").toString()).isEqualTo("Mail[Subject]");
    }
}
