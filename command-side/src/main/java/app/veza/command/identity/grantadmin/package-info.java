/** How the first admin comes to be: by the operator of the machine, never by default credentials. */
@NullMarked
package app.veza.command.identity.grantadmin;

import org.jspecify.annotations.NullMarked;
