package app.veza.command.identity.token;

import app.veza.command.identity.Account;
import java.util.List;
import java.util.UUID;

/** Who signed in, as they are told themself. */
public record SignedInUser(UUID id, String username, String displayName, List<String> roles) {

    public static SignedInUser of(Account account) {
        return new SignedInUser(
                account.personId(), account.username(), account.displayName(), Account.names(account.roles()));
    }
}
