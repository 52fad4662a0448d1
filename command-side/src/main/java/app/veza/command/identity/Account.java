package app.veza.command.identity;

import app.veza.event.Erased;
import app.veza.event.VezaEvent;
import app.veza.event.identity.PasswordChanged;
import app.veza.event.identity.PersonErased;
import app.veza.event.identity.PersonRegistered;
import app.veza.event.identity.ProfileChanged;
import app.veza.event.identity.Role;
import app.veza.event.identity.RolesChanged;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A person's account as its events left it.
 *
 * @param email as typed; whether it is theirs, another event tells
 * @param passwordHash Argon2id in PHC string format
 * @param roles in the order of {@link Role}
 */
public record Account(
        UUID personId, String username, String displayName, String email, String passwordHash, List<Role> roles) {

    /** What everybody has. */
    public static final List<Role> FIRST_ROLES = List.of(Role.USER);

    /** The account after one more event about its person; null before it is opened and once it is erased. */
    public static @Nullable Account after(@Nullable Account account, VezaEvent event) {
        if (event instanceof PersonRegistered opened) {
            return Erased.is(opened.passwordHash()) ? null : opened(opened);
        }
        if (account == null) {
            return null;
        }
        return switch (event) {
            case ProfileChanged profile -> account.named(profile.displayName());
            case PasswordChanged changed -> account.withPassword(changed.passwordHash());
            case RolesChanged changed -> account.with(changed.roles());
            case PersonErased erased -> null;
            default -> account;
        };
    }

    private static Account opened(PersonRegistered person) {
        return new Account(
                person.personId(),
                person.username(),
                person.displayName(),
                person.email(),
                person.passwordHash(),
                FIRST_ROLES);
    }

    private Account named(String name) {
        return new Account(personId, username, name, email, passwordHash, roles);
    }

    private Account withPassword(String hash) {
        return new Account(personId, username, displayName, email, hash, roles);
    }

    private Account with(List<Role> other) {
        return new Account(personId, username, displayName, email, passwordHash, other);
    }

    /** As they are written outside: in tokens, bodies and answers. */
    public static List<String> names(List<Role> roles) {
        return roles.stream().map(role -> role.name().toLowerCase(Locale.ROOT)).toList();
    }

    /** Without what is personal or secret: it may end in a log line. */
    @Override
    public String toString() {
        return "Account[personId=%s]".formatted(personId);
    }
}
