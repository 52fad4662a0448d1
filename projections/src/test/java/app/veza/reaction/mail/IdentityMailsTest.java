package app.veza.reaction.mail;

import static org.assertj.core.api.Assertions.assertThat;

import app.veza.event.Erased;
import app.veza.event.identity.ClaimedEmailReused;
import app.veza.event.identity.EmailVerificationRequested;
import app.veza.event.identity.PasswordResetRequested;
import app.veza.reaction.mail.IdentityMails.Recipient;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class IdentityMailsTest {

    private final UUID ann = UUID.randomUUID();
    private final UUID request = UUID.randomUUID();

    private static IdentityMails mails(@Nullable URI app) {
        return new IdentityMails(
                person -> Optional.of(new Recipient("ann@example.org", "Ann")),
                new IdentityMails.Secrets() {
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
                .of(new PasswordResetRequested(ann, request, Instant.MAX))
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
    void anErasedAddressIsWrittenNothing() {
        assertThat(mails(null).of(new EmailVerificationRequested(ann, request, Erased.TEXT, Erased.TEXT, Instant.MAX)))
                .isEmpty();
    }

    @Test
    void aMailKeepsItsSecretsWhenPrinted() {
        assertThat(new Mail("ann@example.org", "Subject", "secret").toString()).isEqualTo("Mail[Subject]");
    }
}
