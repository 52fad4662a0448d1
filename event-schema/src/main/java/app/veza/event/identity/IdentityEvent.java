package app.veza.event.identity;

import app.veza.event.VezaEvent;

/** What happens to people, their credentials and their sessions. */
public sealed interface IdentityEvent extends VezaEvent
        permits PersonRegistered,
                LoggedIn,
                LoginFailed,
                LoginsDelayed,
                TotpEnrolled,
                TotpConfirmed,
                TotpUsed,
                TotpRemoved,
                RecoveryCodesIssued,
                RecoveryCodeUsed,
                SessionRefreshed,
                SessionEnded,
                EmailVerificationRequested,
                EmailVerified,
                ClaimedEmailReused,
                ProfileChanged,
                PasswordResetRequested,
                MailWithheld,
                PasswordChanged,
                RolesChanged,
                ProviderLinked,
                ProviderUnlinked,
                PersonErased,
                PersonBlocked,
                PersonUnblocked,
                PrivilegedRequestMade {}
