package app.veza.reaction.mail;

import app.veza.event.Erased;
import app.veza.event.EventTypes;
import app.veza.event.identity.ClaimedEmailReused;
import app.veza.event.identity.EmailVerificationRequested;
import app.veza.event.identity.PasswordChanged;
import app.veza.event.identity.PasswordResetRequested;
import app.veza.event.identity.ProviderLinked;
import app.veza.event.identity.ProviderUnlinked;
import app.veza.event.identity.RecoveryCodeUsed;
import app.veza.event.identity.RecoveryCodesIssued;
import app.veza.event.identity.TotpConfirmed;
import app.veza.event.identity.TotpRemoved;
import app.veza.event.notification.WebhookDisabled;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What people are written about their accounts and what else is theirs. Secrets are made anew for each sending: they are stored nowhere. */
public final class Mails {

    /** Events that a mail may follow from, by name. */
    static final Set<String> TYPES = Stream.of(
                    EmailVerificationRequested.class,
                    PasswordResetRequested.class,
                    PasswordChanged.class,
                    ClaimedEmailReused.class,
                    TotpConfirmed.class,
                    TotpRemoved.class,
                    RecoveryCodesIssued.class,
                    RecoveryCodeUsed.class,
                    ProviderLinked.class,
                    ProviderUnlinked.class,
                    WebhookDisabled.class)
            .map(EventTypes::nameOf)
            .collect(Collectors.toUnmodifiableSet());

    private final Function<UUID, Optional<Recipient>> people;
    private final Secrets secrets;
    private final @Nullable URI app;

    /**
     * Who is written to, and how they are called.
     *
     * @param isVerified whether the address is known to be theirs
     */
    public record Recipient(String email, String username, boolean isVerified) {

        /** Without what is personal. */
        @Override
        public String toString() {
            return "Recipient[]";
        }
    }

    /** Writes what proves that a mail arrived. */
    public interface Secrets {

        String toVerifyEmail(UUID person, UUID request);

        String toResetPassword(UUID person, UUID request);
    }

    /**
     * @param people who has an account, now
     * @param app where people use the platform: mails have links into it; null: they have the bare codes
     */
    public Mails(Function<UUID, Optional<Recipient>> people, Secrets secrets, @Nullable URI app) {
        this.people = people;
        this.secrets = secrets;
        this.app = app;
    }

    /** Whom the event concerns. */
    static UUID recipient(Object event) {
        return switch (event) {
            case EmailVerificationRequested asked -> asked.personId();
            case PasswordResetRequested asked -> asked.personId();
            case PasswordChanged changed -> changed.personId();
            case ClaimedEmailReused reused -> reused.personId();
            case TotpConfirmed confirmed -> confirmed.personId();
            case TotpRemoved removed -> removed.personId();
            case RecoveryCodesIssued issued -> issued.personId();
            case RecoveryCodeUsed used -> used.personId();
            case ProviderLinked linked -> linked.personId();
            case ProviderUnlinked unlinked -> unlinked.personId();
            case WebhookDisabled disabled -> disabled.personId();
            default -> throw new IllegalArgumentException("No mail follows from " + event);
        };
    }

    /** Empty when it is needless by now: its person was erased. */
    Optional<Mail> of(Object event) {
        return people.apply(recipient(event)).flatMap(person -> of(event, person));
    }

    private Optional<Mail> of(Object event, Recipient person) {
        return switch (event) {
            case EmailVerificationRequested asked ->
                Erased.is(asked.email())
                        ? Optional.empty()
                        : Optional.of(verification(
                                asked.email(), person, secrets.toVerifyEmail(asked.personId(), asked.requestId())));
            case PasswordResetRequested asked ->
                Optional.of(reset(person, secrets.toResetPassword(asked.personId(), asked.requestId())));
            case PasswordChanged changed -> Optional.of(changed(person));
            case ClaimedEmailReused reused -> Optional.of(reused(person));
            case TotpConfirmed confirmed -> Optional.of(SecondFactorMails.on(person));
            case TotpRemoved removed -> Optional.of(SecondFactorMails.off(person));
            case RecoveryCodesIssued issued ->
                // The first ones come with the mail that codes are asked for from now on
                issued.replaced() ? Optional.of(SecondFactorMails.codesReplaced(person)) : Optional.empty();
            case RecoveryCodeUsed used -> Optional.of(SecondFactorMails.codeUsed(person, used.left()));
            case ProviderLinked linked -> toOwner(person, ProviderMails.linked(person, linked.provider()));
            case ProviderUnlinked unlinked -> toOwner(person, ProviderMails.unlinked(person, unlinked.provider()));
            case WebhookDisabled disabled ->
                WebhookMails.disabled(person, disabled).flatMap(mail -> toOwner(person, mail));
            default -> throw new IllegalArgumentException("No mail follows from " + event);
        };
    }

    /** Not where the address may be somebody else's: where a provider has only just opened the account, or nobody has proved it yet. */
    private static Optional<Mail> toOwner(Recipient person, Mail mail) {
        return person.isVerified() ? Optional.of(mail) : Optional.empty();
    }

    private Mail verification(String address, Recipient person, String code) {
        return new Mail(address, "Confirm your e-mail address", """
                Hello %s,

                this address was given for your account on Veza. Confirm that it is yours with this code, within a day:

                %s
                %s
                If you have no such account, ignore this mail: nothing is done with your address.
                """.formatted(
                        person.username(), code, link("verify-email", code)));
    }

    private Mail reset(Recipient person, String code) {
        return new Mail(person.email(), "Choose a new password", """
                Hello %s,

                somebody, you we hope, asked for a new password for your account on Veza. Choose one with this code, which is good
                once and for half an hour:

                %s
                %s
                If it was not you, ignore this mail: your password stays as it is.
                """.formatted(
                        person.username(), code, link("reset-password", code)));
    }

    private static Mail changed(Recipient person) {
        return new Mail(person.email(), "Your password was changed", """
                Hello %s,

                the password of your account on Veza was changed just now, and its other sessions were ended.

                If it was not you, ask for a new password at once ("forgot password").
                """.formatted(person.username()));
    }

    private static Mail reused(Recipient person) {
        return new Mail(person.email(), "You already have an account", """
                Hello %s,

                somebody, maybe you, opened another account on Veza with this address. It is and stays yours: the new account
                cannot confirm it. If you forgot your password, ask for a new one ("forgot password").

                If it was not you, there is nothing to do.
                """.formatted(person.username()));
    }

    /** Behind a #, which browsers send to nobody. */
    private String link(String page, String code) {
        return app == null
                ? ""
                : "\nor open %s/%s#token=%s\n".formatted(app.toString().replaceAll("/+$", ""), page, code);
    }
}
