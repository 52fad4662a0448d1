package app.veza.command.identity;

import static app.veza.command.Boundary.events;
import static app.veza.command.Boundary.tag;
import static app.veza.event.EventTags.EMAIL;
import static app.veza.event.EventTags.PERSON;
import static app.veza.event.EventTags.USERNAME;

import app.veza.command.History;
import app.veza.command.History.Dated;
import app.veza.event.Erased;
import app.veza.event.VezaEvent;
import app.veza.event.identity.EmailVerificationRequested;
import app.veza.event.identity.EmailVerified;
import app.veza.event.identity.PasswordChanged;
import app.veza.event.identity.PersonErased;
import app.veza.event.identity.PersonRegistered;
import app.veza.event.identity.ProfileChanged;
import app.veza.event.identity.Role;
import app.veza.event.identity.RolesChanged;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Looks accounts up in the log: nowhere else are their password hashes kept. */
@Component
public final class Accounts {

    /** People whom one address may be of while nobody has proved it. */
    public static final int MOST_CLAIMANTS = 3;

    private static final List<Class<? extends VezaEvent>> CHANGES =
            List.of(ProfileChanged.class, PasswordChanged.class, RolesChanged.class);

    private final History history;

    public Accounts(History history) {
        this.history = history;
    }

    /** Who was erased has no account, and their name may since be another's. */
    public Optional<Account> byUsername(String usernameKey) {
        return history.read(events(tag(USERNAME, usernameKey), PersonRegistered.class)).stream()
                .map(PersonRegistered.class::cast)
                .filter(person -> !Erased.is(person.usernameKey()))
                .reduce((earlier, later) -> later)
                .flatMap(person -> byId(person.personId()));
    }

    public Optional<Account> byId(UUID personId) {
        @Nullable Account account = null;
        for (VezaEvent openedOrErased :
                history.read(events(tag(PERSON, personId), PersonRegistered.class, PersonErased.class))) {
            account = Account.after(account, openedOrErased);
        }
        // Of each kind the last says all of it, however often it changed
        for (Class<? extends VezaEvent> kind : CHANGES) {
            Optional<Dated> last = history.last(events(tag(PERSON, personId), kind));
            if (last.isPresent()) {
                account = Account.after(account, last.get().event());
            }
        }
        return Optional.ofNullable(account);
    }

    /** @param haveProved it is theirs; else they said so, perhaps of somebody else's */
    public record Claimants(boolean haveProved, List<UUID> people) {}

    /**
     * Whose an address is: of who proved that it is theirs, else of those who said so, the first and the last ones only: many accounts
     * with somebody's address do not become many mails, and none of them takes the place of who was there before.
     */
    public Claimants byEmail(String emailKey) {
        LinkedHashSet<UUID> saidSo = new LinkedHashSet<>();
        UUID first = null;
        for (VezaEvent event :
                history.read(events(tag(EMAIL, emailKey), EmailVerificationRequested.class, EmailVerified.class))) {
            switch (event) {
                case EmailVerified verified
                when !Erased.is(verified.emailKey()) -> {
                    return new Claimants(true, List.of(verified.personId()));
                }
                case EmailVerificationRequested asked
                when !Erased.is(asked.emailKey()) -> {
                    first = first == null ? asked.personId() : first;
                    saidSo.addLast(asked.personId());
                }
                default -> {}
            }
        }
        List<UUID> last = saidSo.reversed().stream().limit(MOST_CLAIMANTS - 1L).toList();
        return new Claimants(
                false,
                Stream.concat(Stream.ofNullable(first), last.stream())
                        .distinct()
                        .toList());
    }

    /** Whether they ever proved that an address is theirs. */
    public boolean isVerified(UUID personId) {
        return !history.read(events(tag(PERSON, personId), EmailVerified.class)).isEmpty();
    }

    /** What a person may do, as far as this node has read the log; what everybody may when it knows nothing of them. */
    public List<Role> rolesOf(UUID personId) {
        return history.last(events(tag(PERSON, personId), RolesChanged.class))
                .map(last -> ((RolesChanged) last.event()).roles())
                .orElse(Account.FIRST_ROLES);
    }
}
