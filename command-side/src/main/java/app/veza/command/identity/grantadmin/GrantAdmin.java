package app.veza.command.identity.grantadmin;

import java.util.UUID;

/** Make a person an admin at the wish of the operator of the machine. */
record GrantAdmin(UUID personId) {}
