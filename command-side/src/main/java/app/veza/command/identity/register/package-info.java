/** Opening an account. */
@NullMarked
package app.veza.command.identity.register;

import org.jspecify.annotations.NullMarked;
