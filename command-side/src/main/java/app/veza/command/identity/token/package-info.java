/** Keys and tokens: who says they are who, for how long. */
@NullMarked
package app.veza.command.identity.token;

import org.jspecify.annotations.NullMarked;
