package app.veza.command.identity.changeroles;

import app.veza.command.http.Answers;
import app.veza.command.http.Caller;
import app.veza.command.http.CommandRequest;
import app.veza.command.http.Commands;
import app.veza.command.http.InputCheck;
import app.veza.command.http.Required;
import app.veza.command.identity.Account;
import app.veza.event.identity.Role;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class ChangeRolesEndpoint {

    private static final String OPERATION = "identity.change-roles";

    private final Commands commands;

    ChangeRolesEndpoint(Commands commands) {
        this.commands = commands;
    }

    /** @param roles all that the person is to have of user, moderator, analyst, engineer and admin; user everybody has */
    record Body(@Required @Nullable List<@Nullable String> roles) {}

    /** @param roles all that the person has from here on */
    record Answer(UUID id, List<String> roles) {}

    @PutMapping("/api/users/{id}/roles")
    ResponseEntity<Answer> change(
            Caller caller, CommandRequest request, @PathVariable UUID id, @RequestBody Body body) {
        var input = new InputCheck();
        List<@Nullable String> named = body.roles();
        input.check(named != null, "/roles", "is required: an array of roles");
        Set<Role> roles = EnumSet.of(Role.USER);
        for (int i = 0; named != null && i < named.size(); i++) {
            String pointer = "/roles/" + i;
            input.required(pointer, named.get(i));
            roles.add(input.choice(pointer, named.get(i), Role.class, Role.USER));
        }
        input.verify();
        // An EnumSet is in the order of its enum
        List<Role> ordered = List.copyOf(roles);
        var outcome = commands.run(
                new ChangeRoles(id, ordered, caller.personId()), request.repeatable(OPERATION, id, ordered));
        return Answers.ok(outcome, new Answer(id, Account.names(ordered)));
    }
}
