package app.veza.command.identity.changeroles;

import app.veza.event.identity.Role;
import java.util.List;
import java.util.UUID;

/**
 * Let a person do more or less on the platform.
 *
 * @param roles all that the person is to have, in the order of {@link Role}
 * @param changedBy the admin who wants it
 */
record ChangeRoles(UUID personId, List<Role> roles, UUID changedBy) {}
