package app.veza.command.identity.login;

/** The password was checked against a hash that is not, or no longer, the person's: check again. */
final class CredentialsChanged extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CredentialsChanged() {
        super("The credentials changed while the password was being checked", null, false, false);
    }
}
