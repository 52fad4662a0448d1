/** Hashing of passwords, with room for as many as the machine can bear. */
@NullMarked
package app.veza.command.identity.password;

import org.jspecify.annotations.NullMarked;
